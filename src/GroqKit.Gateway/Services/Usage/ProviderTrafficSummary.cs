namespace GroqKit.Gateway.Services.Usage;

/// <summary>One provider's traffic since the process started.</summary>
/// <param name="Calls">Calls that reached the provider or tried to.</param>
/// <param name="Failing">True after five failures in a row by the provider's fault.</param>
/// <param name="LastLatency">To the first output of the last call that worked; null before one did.</param>
/// <param name="Latency">Of the last calls that worked; null where it isn't tracked, and before one did.</param>
internal readonly record struct ProviderTrafficSummary(
    long Calls,
    bool Failing,
    TimeSpan? LastLatency,
    LatencyPercentiles? Latency
);
