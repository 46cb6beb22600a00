using GroqKit.Http;

namespace GroqKit.Resilience;

/// <summary>Decides whether a failed attempt is repeated, and after which wait.</summary>
internal sealed class RetryDecision(Backoff backoff, RetryBudget budget, TimeProvider time)
{
    /// <summary>Null: the failure is final. A wait that would outlast the call's deadline is never begun; the failure carries it.</summary>
    public TimeSpan? DelayBefore(ApiCall call, Exception failure)
    {
        int retry = call.Attempts - 1;
        if (failure is not GroqException { IsRetryable: true } error || retry >= call.MaxRetries || IsShut(call, error))
            return null;
        // What was read and can't be read again can't be sent again; sent from the middle, it would be another file.
        if (call.Form is { CanSend: false })
            return null;
        TimeSpan delay = error switch
        {
            GroqTimeoutException => TimeSpan.Zero,
            { RetryAfter: { } asked } => backoff.After(asked, call.Remaining(time)),
            _ => backoff.Delay(retry),
        };
        if (delay >= call.Remaining(time) || !budget.TrySpend(error is GroqRateLimitException, out int paid))
            return null;
        call.Paid = paid;
        call.Telemetry?.Retried(error);
        return delay;
    }

    // An open circuit is there to fail fast; what opened it tells the caller more than a refusal would.
    private static bool IsShut(ApiCall call, GroqException error) =>
        error is GroqCircuitOpenException || call.Lane?.Circuit.State is CircuitState.Open;
}
