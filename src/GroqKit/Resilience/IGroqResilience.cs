namespace GroqKit.Resilience;

/// <summary>
/// What decides whether and how often a call is attempted, instead of the client's own retries, retry budget, circuit breakers and hedging.
/// Rate limits are still kept for every attempt, and each attempt still has its deadline. Implementations must be safe for all threads.
/// </summary>
/// <remarks><see cref="PipelineResilience"/> is one around a pipeline of Polly.</remarks>
public interface IGroqResilience
{
    /// <summary>
    /// Attempts a call until one attempt works, which ends this method, or until the call is given up, which it ends with an exception. For a
    /// stream an attempt ends with its headers; what becomes of it later is not told.
    /// </summary>
    /// <param name="resilientCall">The call. Its attempts throw <see cref="GroqException"/>, and go one after the other.</param>
    /// <param name="cancellationToken">The caller's.</param>
    ValueTask ExecuteAsync(ResilientCall resilientCall, CancellationToken cancellationToken);

    /// <summary>The state of the circuit through which calls to a model go; closed where there is none.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    CircuitState GetCircuitState(string model);

    /// <summary>Closes the circuit through which calls to a model go.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    void ResetCircuit(string model);
}
