using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>What is asked in a chat, whoever answers.</summary>
/// <param name="Messages">Read more than once: a list.</param>
/// <param name="Options">As the caller gave them.</param>
internal sealed record ChatRequest(IList<ChatMessage> Messages, ChatOptions? Options)
{
    public static ChatRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        new(messages as IList<ChatMessage> ?? [.. messages], options);

    /// <summary>The options for one of several models: the chain chooses the model, not the caller's options.</summary>
    public ChatOptions? OptionsFor(FallbackTarget target)
    {
        if (Options?.ModelId is null || Options.ModelId == target.Model)
            return Options;
        ChatOptions own = Options.Clone();
        own.ModelId = target.Model;
        return own;
    }
}
