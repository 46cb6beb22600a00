namespace GroqKit.Chat;

/// <summary>Adds up the usage of several calls.</summary>
internal static class UsageTotal
{
    public static ChatUsage? Of(IEnumerable<ChatUsage?> all)
    {
        ChatUsage? total = null;
        foreach (ChatUsage usage in all.OfType<ChatUsage>())
            total = total is null ? Copy(usage) : Add(total, usage);
        return total;
    }

    private static ChatUsage Copy(ChatUsage usage) => Add(new ChatUsage(), usage);

    private static ChatUsage Add(ChatUsage one, ChatUsage other) =>
        new()
        {
            PromptTokens = one.PromptTokens + other.PromptTokens,
            CompletionTokens = one.CompletionTokens + other.CompletionTokens,
            TotalTokens = one.TotalTokens + other.TotalTokens,
            QueueTime = Add(one.QueueTime, other.QueueTime),
            PromptTime = Add(one.PromptTime, other.PromptTime),
            CompletionTime = Add(one.CompletionTime, other.CompletionTime),
            TotalTime = Add(one.TotalTime, other.TotalTime),
            PromptTokensDetails =
                one.PromptTokensDetails is null && other.PromptTokensDetails is null
                    ? null
                    : new PromptTokensDetails { CachedTokens = one.CachedTokens + other.CachedTokens },
            CompletionTokensDetails =
                one.CompletionTokensDetails is null && other.CompletionTokensDetails is null
                    ? null
                    : new CompletionTokensDetails { ReasoningTokens = one.ReasoningTokens + other.ReasoningTokens },
        };

    private static double? Add(double? one, double? other) => one is null ? other : one + (other ?? 0);
}
