namespace GroqKit.Batches;

/// <summary>What came of a batch.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="Batch">The batch as it was last seen.</param>
public sealed record BatchOutcome(BatchEnding Ending, Batch Batch)
{
    /// <summary>Whether there is anything to read.</summary>
    public bool HasResults => Batch.OutputFileId is { Length: > 0 } || Batch.ErrorFileId is { Length: > 0 };
}
