namespace GroqKit.Responses;

/// <summary>What kinds of tokens there were.</summary>
public sealed record ResponseTokensDetails : GroqObject
{
    /// <summary>From the cache; null when not told.</summary>
    public int? CachedTokens { get; set; }

    /// <summary>Thinking; null when not told.</summary>
    public int? ReasoningTokens { get; set; }
}
