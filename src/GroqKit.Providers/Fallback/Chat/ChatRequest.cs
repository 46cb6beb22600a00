using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>What is asked in a chat, whoever answers.</summary>
/// <param name="Messages">Read more than once: a list.</param>
/// <param name="Options">As the caller gave them.</param>
internal sealed record ChatRequest(IList<ChatMessage> Messages, ChatOptions? Options)
{
    public static ChatRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        new(messages as IList<ChatMessage> ?? [.. messages], options);
}
