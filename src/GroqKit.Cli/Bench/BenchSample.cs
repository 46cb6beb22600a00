namespace GroqKit.Cli.Bench;

/// <summary>One measured request. A figure is null where there was none.</summary>
/// <param name="Total">From the request to the end of its answer.</param>
/// <param name="FirstToken">From the request to its first words.</param>
/// <param name="TokensPerSecond">The speed of writing after them.</param>
/// <param name="Tokens">Tokens that were written.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record BenchSample(
    TimeSpan Total,
    TimeSpan? FirstToken = null,
    double? TokensPerSecond = null,
    int? Tokens = null,
    string? Error = null
);
