namespace GroqKit.Reranking;

/// <summary>A document and how well it fits.</summary>
public sealed record RankedDocument : GroqObject
{
    /// <summary>The document as it was sent; the answer holds no position.</summary>
    public string Doc { get; set; } = "";

    /// <summary>0 to 1, more is better.</summary>
    public double Score { get; set; }
}
