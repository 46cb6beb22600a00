using GroqKit.Http;

namespace GroqKit.Resilience;

/// <summary>Decides whether a failed attempt is repeated, and after which wait.</summary>
internal sealed class RetryDecision(Backoff backoff, TimeProvider time)
{
    /// <summary>Null: the failure is final. A wait that would outlast the call's deadline is never begun; the failure carries it.</summary>
    public TimeSpan? DelayBefore(ApiCall call, Exception failure)
    {
        int retry = call.Attempts - 1;
        if (failure is not GroqException { IsRetryable: true } error || retry >= call.MaxRetries)
            return null;
        TimeSpan delay = error switch
        {
            GroqTimeoutException => TimeSpan.Zero,
            { RetryAfter: { } asked } => asked,
            _ => backoff.Delay(retry),
        };
        return delay < call.Remaining(time) ? delay : null;
    }
}
