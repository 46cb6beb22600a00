namespace GroqKit.Resilience;

/// <summary>What a circuit breaker was doing at the moment of asking.</summary>
/// <param name="State">The state.</param>
/// <param name="ConsecutiveFailures">Failures in a row while closed; 0 in the other states.</param>
/// <param name="TrialSuccesses">Trials that worked since it became half-open; 0 in the other states.</param>
/// <param name="RetryAfter">While open: how long until a trial is let through, zero when the next call is one. Otherwise null.</param>
public sealed record CircuitStatus(
    CircuitState State,
    int ConsecutiveFailures,
    int TrialSuccesses,
    TimeSpan? RetryAfter
);
