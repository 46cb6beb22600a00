namespace GroqKit.Embeddings;

/// <summary>Tokens of a call.</summary>
public sealed record EmbeddingUsage : GroqObject
{
    /// <summary>Tokens read.</summary>
    public int PromptTokens { get; set; }

    /// <summary>All tokens.</summary>
    public int TotalTokens { get; set; }
}
