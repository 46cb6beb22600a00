namespace GroqKit.Chat;

/// <summary>What completion tokens were for.</summary>
public sealed record CompletionTokensDetails : GroqObject
{
    /// <summary>Thinking.</summary>
    public int ReasoningTokens { get; set; }
}
