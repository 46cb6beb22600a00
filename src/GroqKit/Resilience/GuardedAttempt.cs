using GroqKit.Http;
using Polly;

namespace GroqKit.Resilience;

/// <summary>An attempt that first passes its model's circuit and rate limits.</summary>
internal sealed class GuardedAttempt(HttpAttempt attempt, RetryBudget budget, TimeProvider time)
{
    public async ValueTask<Outcome<ApiCall>> RunAsync(ApiCall call, CancellationToken cancellationToken)
    {
        if (
            call.Lane is { } lane
            && await EnterAsync(call, lane, cancellationToken).ConfigureAwait(false) is { } refusal
        )
        {
            return Outcome.FromException<ApiCall>(refusal);
        }
        Outcome<ApiCall> outcome = await attempt.RunAsync(call, cancellationToken).ConfigureAwait(false);
        if (outcome.Exception is { } error)
        {
            call.Hold?.Failed(error);
            call.Hold = null;
        }
        else
        {
            budget.Succeeded(call.Paid);
        }
        return outcome;
    }

    /// <summary>Null when the call holds its place; else why it may not be sent.</summary>
    private async ValueTask<Exception?> EnterAsync(ApiCall call, ModelLane lane, CancellationToken cancellationToken)
    {
        // A call that would be refused afterwards need not wait first; a trial that waits would keep others out.
        if (!lane.Circuit.MayEnter(out TimeSpan? until))
            return new GroqCircuitOpenException(until ?? TimeSpan.Zero);
        RateAdmission admission;
        try
        {
            admission = await lane
                .Gate.EnterAsync(call.Subject.Asked, call.Remaining(time), cancellationToken)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            return error;
        }
        if (admission.Refusal is { } wait)
            return LimitReached(lane.Model, wait);
        if (!lane.Circuit.TryEnter(out CircuitPermit permit, out until))
        {
            lane.Gate.Settle(admission.Ticket, default(RateAmounts));
            return new GroqCircuitOpenException(until ?? TimeSpan.Zero);
        }
        call.Hold = new LaneHold(lane, admission.Ticket, permit);
        return null;
    }

    private static GroqRateLimitException LimitReached(string model, TimeSpan wait) =>
        new(
            $"The rate limits of {model} leave no room before the deadline; there will be in {wait.TotalSeconds:0.###} s.",
            new ErrorDetails { IsRetryable = true, RetryAfter = wait }
        );
}
