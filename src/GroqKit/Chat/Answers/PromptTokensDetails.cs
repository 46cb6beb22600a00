namespace GroqKit.Chat;

/// <summary>Where prompt tokens came from.</summary>
public sealed record PromptTokensDetails : GroqObject
{
    /// <summary>From the cache, at half the price.</summary>
    public int CachedTokens { get; set; }
}
