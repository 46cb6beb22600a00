namespace GroqKit.Resilience;

/// <summary>What every lane of a client is made with.</summary>
internal sealed record ResilienceSettings(
    RateLimitOptions RateLimits,
    CircuitBreakerOptions CircuitBreaker,
    int LatencySamples,
    IGroqResilience? Given,
    TimeProvider Time
);
