using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Providers.Health;

/// <summary>The health of one model behind one key at one address, at the moment of asking.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Service">The service.</param>
/// <param name="Model">The model.</param>
/// <param name="Connection">The id of the key and address; never the key.</param>
/// <param name="Status">How it is doing.</param>
/// <param name="Circuit">The state of its circuit.</param>
/// <param name="Latency">Of the last calls that worked.</param>
public sealed record LaneHealth(
    string Provider,
    ProviderService Service,
    string Model,
    string Connection,
    HealthStatus Status,
    CircuitState Circuit,
    LatencySummary Latency
)
{
    /// <summary>Why it is passed over; null when it is not.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it still is passed over; null when it is not, or that depends on a call that runs.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The kind of the last failure, were it long ago; null when none was.</summary>
    public ProviderFailure? LastFailure { get; init; }

    /// <summary>The last failure in words.</summary>
    public string? LastError { get; init; }

    /// <summary>How long nothing was sent.</summary>
    public TimeSpan Idle { get; init; }
}
