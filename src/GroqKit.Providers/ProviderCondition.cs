using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Providers;

/// <summary>What a provider's own traffic tells about a model at this moment.</summary>
/// <param name="IsAvailable">False while calls would be refused without being sent.</param>
/// <param name="RetryAfter">How long that lasts; null when it is not known, or calls go through.</param>
public sealed record ProviderCondition(bool IsAvailable, TimeSpan? RetryAfter = null)
{
    /// <summary>Calls go through, and nothing more is known.</summary>
    public static ProviderCondition Unknown { get; } = new(true);

    /// <summary>The limits that are known, each with its own period; empty when none was reported.</summary>
    public IReadOnlyList<RateLimitState> Limits { get; init; } = [];

    /// <summary>How quick the last calls were; null when that is not tracked or nothing was called.</summary>
    public LatencySummary? Latency { get; init; }
}
