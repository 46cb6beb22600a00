using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback.Chat;

/// <summary>What is asked in a chat, whoever answers.</summary>
/// <param name="Messages">Read more than once: a list.</param>
/// <param name="Options">As the caller gave them.</param>
internal sealed record ChatRequest(IList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <exception cref="ArgumentException">A message is null: no provider is to blame for what comes of it.</exception>
    public static ChatRequest Of(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        IList<ChatMessage> list = messages as IList<ChatMessage> ?? [.. messages];
        for (int index = 0; index < list.Count; index++)
        {
            if (list[index] is null)
                throw new ArgumentException($"[{index}]: is null.", nameof(messages));
        }
        return new(list, options);
    }
}
