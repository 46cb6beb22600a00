namespace GroqKit.Resilience;

/// <summary>
/// Sending a slow call a second time and taking whichever answers first; the other is cancelled, but may be billed. Off by default.
/// </summary>
/// <remarks>
/// A call answers with its headers, a stream of text with its first output; one that breaks before may be retried, as nothing of it was
/// delivered. Only calls to a model are sent twice, and uploads never. What a hedge takes from the retry budget it gives back when it wins.
/// </remarks>
public sealed class HedgingOptions
{
    /// <summary>Whether slow calls are sent again. Default: false.</summary>
    public bool Enabled { get; set; }

    /// <summary>
    /// How long a call may take before it is sent again, more than zero. Default: what 95 of the last 100 calls to the model took; no
    /// call is sent again before there are 20.
    /// </summary>
    public TimeSpan? Delay { get; set; }

    /// <summary>How many may run at once, the first included, 2 to 5. Each further one waits for the delay again. Default: 2.</summary>
    public int MaxParallel { get; set; } = 2;

    internal IEnumerable<string> Validate()
    {
        if (Delay <= TimeSpan.Zero || Delay > TimeSpan.FromDays(1))
            yield return $"{nameof(Delay)} must be more than zero and at most a day.";
        if (MaxParallel is < 2 or > 5)
            yield return $"{nameof(MaxParallel)} must be from 2 to 5.";
    }
}
