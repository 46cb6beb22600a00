namespace GroqKit.Telemetry;

/// <summary>How quick the last calls to a model were that succeeded. Each is null before there is a sample.</summary>
/// <param name="FirstTokenMilliseconds">From the start of a streamed call to its first output, waits and retries included.</param>
/// <param name="TotalMilliseconds">From the start of a call to the end of its answer, waits and retries included.</param>
/// <param name="TokensPerSecond">Tokens of output per second of writing.</param>
public sealed record LatencySummary(
    SampleStatistics? FirstTokenMilliseconds,
    SampleStatistics? TotalMilliseconds,
    SampleStatistics? TokensPerSecond
);
