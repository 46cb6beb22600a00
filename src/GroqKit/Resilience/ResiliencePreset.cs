namespace GroqKit.Resilience;

/// <summary>Settings for retries, budget, circuit breaker, rate limits and hedging that go together.</summary>
public enum ResiliencePreset
{
    /// <summary>As the options are when nothing is set: exponential waits from 1 s up to 60 s, a circuit that opens for 30 s.</summary>
    Default,

    /// <summary>For interactive use: waits of at most 10 s, but a circuit that stays open for 60 s.</summary>
    Patient,

    /// <summary>Nothing but the call itself: no retry, no budget, no circuit breaker, no waiting for limits. For tests, and for callers who
    /// do all that themselves.</summary>
    None,
}
