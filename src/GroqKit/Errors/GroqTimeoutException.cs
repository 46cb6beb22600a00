namespace GroqKit;

/// <summary>A deadline passed. The server may have done the work, and billed it.</summary>
/// <param name="phase">What the call was waiting for.</param>
/// <param name="limit">The deadline that passed; null when it was the server's own.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqTimeoutException(
    TimeoutPhase phase,
    TimeSpan? limit,
    ErrorDetails? details = null,
    Exception? innerException = null
)
    : GroqException(
        limit is { } time
            ? $"No progress within {time.TotalSeconds:0.###} s while waiting for {Describe(phase)}."
            : $"The server gave up while waiting for {Describe(phase)}.",
        details ?? new ErrorDetails { IsRetryable = true },
        innerException
    )
{
    /// <summary>What the call was waiting for.</summary>
    public TimeoutPhase Phase { get; } = phase;

    /// <summary>The deadline that passed; null when it was the server's own.</summary>
    public TimeSpan? Limit { get; } = limit;

    /// <summary>
    /// Whether it was the deadline of all attempts together, <see cref="GroqClientOptions.TotalTimeout"/> or
    /// <see cref="CallOptions.Timeout"/>, and not that of one attempt.
    /// </summary>
    public bool IsTotal { get; internal init; } = phase == TimeoutPhase.Total;

    private static string Describe(TimeoutPhase phase) =>
        phase switch
        {
            TimeoutPhase.Connect => "a connection",
            TimeoutPhase.Headers => "the answer's headers",
            TimeoutPhase.NameResolution => "the address of the server's name",
            TimeoutPhase.TlsHandshake => "an encrypted connection",
            TimeoutPhase.Total => "the whole call",
            TimeoutPhase.Body => "the answer's body",
            TimeoutPhase.FirstChunk => "the first piece of the stream",
            TimeoutPhase.BetweenChunks => "the next piece of the stream",
            _ => "the request",
        };
}
