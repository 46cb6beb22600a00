using GroqKit;
using GroqKit.Extensions.AI;

namespace Microsoft.Extensions.AI;

/// <summary>Groq behind the interfaces of Microsoft.Extensions.AI.</summary>
public static class GroqAIExtensions
{
    /// <summary>The client as an <see cref="IChatClient"/>, safe for all threads.</summary>
    /// <param name="client">The client, which stays the caller's to dispose of: disposing of the result does nothing.</param>
    /// <param name="model">The model of calls that name none. Null: every call has to name one.</param>
    /// <param name="options">How options are translated. Null: as <see cref="GroqChatClientOptions"/> says.</param>
    /// <returns>
    /// A client that raises <see cref="GroqException"/>s unwrapped, <see cref="NotSupportedException"/> for tools and media that Groq has no
    /// place for, and never returns a conversation id, since Groq's chat keeps no state. Where tools and a JSON format are asked for together,
    /// which Groq refuses, the format is stated in a system message instead.
    /// </returns>
    public static IChatClient AsIChatClient(
        this GroqClient client,
        string? model = null,
        GroqChatClientOptions? options = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        if (model is not null)
            ArgumentException.ThrowIfNullOrWhiteSpace(model);
        return new GroqChatClient(client, model, options ?? new GroqChatClientOptions());
    }
}
