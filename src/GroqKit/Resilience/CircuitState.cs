namespace GroqKit.Resilience;

/// <summary>The states of a circuit breaker; the numbers are what the metric <c>groq_circuit_breaker_state</c> shows.</summary>
public enum CircuitState
{
    /// <summary>Calls pass.</summary>
    Closed = 0,

    /// <summary>Calls fail at once, without network.</summary>
    Open = 1,

    /// <summary>One call at a time passes as a trial; the others fail at once.</summary>
    HalfOpen = 2,
}
