namespace GroqKit.Batches;

/// <summary>How to go on with a list.</summary>
public sealed record BatchPaging : GroqObject
{
    /// <summary>Asks for the next page; null or empty when there is none.</summary>
    public string? NextCursor { get; set; }
}
