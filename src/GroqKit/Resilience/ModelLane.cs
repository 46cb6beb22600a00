using GroqKit.Telemetry;

namespace GroqKit.Resilience;

/// <summary>What a client keeps for one model: its limits, its circuit, its latencies.</summary>
internal sealed class ModelLane(string model, ResilienceSettings settings) : IDisposable
{
    private long _usedAt = settings.Time.GetTimestamp();

    public string Model => model;

    public RateGate Gate { get; } = new(settings.RateLimits, settings.Time, model);

    public CircuitBreaker Circuit { get; } = new(settings.CircuitBreaker, settings.Time);

    /// <summary>Of the circuit through which the model's calls go, whoever keeps it.</summary>
    public CircuitState CircuitState => settings.Given?.GetCircuitState(model) ?? Circuit.State;

    public CircuitStatus CircuitStatus =>
        settings.Given is { } given ? new(given.GetCircuitState(model), 0, 0, null) : Circuit.Status;

    public LatencyTracker Latency { get; } = new(settings.LatencySamples);

    /// <summary>A timestamp of the clock.</summary>
    public long UsedAt => Volatile.Read(ref _usedAt);

    public void ResetCircuit()
    {
        settings.Given?.ResetCircuit(model);
        Circuit.Reset();
    }

    public void Use(long now) => Volatile.Write(ref _usedAt, now);

    public void Dispose() => Gate.Dispose();
}
