namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>What was used.</summary>
internal sealed record UsageAnswer
{
    public long? PromptTokens { get; init; }

    public long? CompletionTokens { get; init; }

    public long? TotalTokens { get; init; }

    public PromptDetailsAnswer? PromptTokensDetails { get; init; }

    public CompletionDetailsAnswer? CompletionTokensDetails { get; init; }
}
