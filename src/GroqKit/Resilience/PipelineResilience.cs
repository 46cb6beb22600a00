using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;
using PollyState = Polly.CircuitBreaker.CircuitState;

namespace GroqKit.Resilience;

/// <summary>
/// A pipeline of Polly around the attempts of every call. Failures reach it as <see cref="GroqException"/>, whose
/// <see cref="GroqException.IsRetryable"/> and <see cref="GroqException.RetryAfter"/> its strategies may ask. What it refuses or cuts off
/// itself is raised as <see cref="GroqCircuitOpenException"/> or <see cref="GroqTimeoutException"/>.
/// </summary>
/// <param name="pipeline">
/// The pipeline. Not one with hedging: attempts go one after the other; see <see cref="GroqClientOptions.Hedging"/>.
/// </param>
/// <param name="circuit">Tells the state of the pipeline's circuit, which all models share. Default: none, always closed.</param>
/// <param name="reset">Closes that circuit. Default: does nothing.</param>
public sealed class PipelineResilience(
    ResiliencePipeline pipeline,
    CircuitBreakerStateProvider? circuit = null,
    Action? reset = null
) : IGroqResilience
{
    /// <inheritdoc/>
    public async ValueTask ExecuteAsync(ResilientCall resilientCall, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(resilientCall);
        try
        {
            await pipeline
                .ExecuteAsync(static (call, token) => call.AttemptAsync(token), resilientCall, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (BrokenCircuitException error)
        {
            throw new GroqCircuitOpenException(error.RetryAfter ?? TimeSpan.Zero, error.InnerException)
            {
                Attempts = resilientCall.Attempts,
            };
        }
        catch (TimeoutRejectedException error)
        {
            throw new GroqTimeoutException(TimeoutPhase.Total, error.Timeout, innerException: error)
            {
                Attempts = resilientCall.Attempts,
            };
        }
    }

    /// <inheritdoc/>
    public CircuitState GetCircuitState(string model) =>
        circuit?.CircuitState switch
        {
            null or PollyState.Closed => CircuitState.Closed,
            PollyState.HalfOpen => CircuitState.HalfOpen,
            _ => CircuitState.Open,
        };

    /// <inheritdoc/>
    public void ResetCircuit(string model) => reset?.Invoke();
}
