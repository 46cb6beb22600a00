namespace GroqKit.Batches;

/// <summary>How many requests of a batch are where.</summary>
public sealed record BatchCounts : GroqObject
{
    /// <summary>All.</summary>
    public int Total { get; set; }

    /// <summary>Those that succeeded.</summary>
    public int Completed { get; set; }

    /// <summary>Those that failed.</summary>
    public int Failed { get; set; }
}
