namespace GroqKit.Batches;

/// <summary>How waiting for a batch ended.</summary>
public enum BatchEnding
{
    /// <summary>Every request was done; some may have failed.</summary>
    Completed,

    /// <summary>The input was not valid; the batch's errors say why.</summary>
    Failed,

    /// <summary>The window ran out. There may be results of finished requests.</summary>
    Expired,

    /// <summary>It was cancelled. There may be results of finished requests.</summary>
    Cancelled,

    /// <summary>It still runs, but the longest wait is over.</summary>
    StillRunning,
}
