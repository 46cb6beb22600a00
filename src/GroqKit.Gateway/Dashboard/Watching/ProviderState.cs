using GroqKit.Gateway.Services.Routing;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Dashboard.Watching;

/// <summary>How a provider does, as this node sees it.</summary>
/// <param name="Provider">Whom it is about.</param>
/// <param name="Kind">One of <see cref="ProviderStates"/>.</param>
/// <param name="Reason">Why, in a sentence; null while all is well.</param>
/// <param name="Since">Since when it has been like that, as seen by this node.</param>
/// <param name="LatencyMs">Of its last call, or of the last trial.</param>
/// <param name="Limits">What it said is left of its limits.</param>
internal sealed record ProviderState(
    Provider Provider,
    string Kind,
    string? Reason,
    DateTimeOffset Since,
    double? LatencyMs,
    IReadOnlyList<RateLimitState> Limits
);
