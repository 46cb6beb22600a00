using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>Finds the provider that serves: one after the other, or two at once when the first is slow and hedging is on.</summary>
internal sealed class Opening<TItem>(FallbackCall call, CandidateQueue queue, FallbackTrace trace)
{
    private readonly List<(Leg<TItem> Leg, Task<ProviderException?> Begun)> _running = new(1);
    private ProviderException? _failure;
    private TimeSpan? _retryAfter;
    private bool _canPass;

    /// <summary>Goes through the chain, several times while failures are of the kind that passes.</summary>
    /// <exception cref="FallbackException">Nobody serves.</exception>
    /// <exception cref="ProviderException">The caller's mistake, or refused content.</exception>
    public async Task<Leg<TItem>> OpenAsync(FallbackJob<TItem> job)
    {
        for (int round = 1; ; round++)
        {
            if (await TryRoundAsync((_, _) => job).ConfigureAwait(false) is { } leg)
                return leg;
            if (round >= call.Options.Rounds || !_canPass || WaitBeforeRound() is not { } wait)
                throw NobodyServes();
            await Task.Delay(wait, call.Time, call.Caller).ConfigureAwait(false);
            queue.Restart();
            _retryAfter = null;
            _canPass = false;
        }
    }

    /// <summary>Asks whoever is left in the chain, each with its own job; null jobs are passed over.</summary>
    public async Task<Leg<TItem>?> TryRoundAsync(Func<FallbackTarget, ProviderConnection, FallbackJob<TItem>?> jobFor)
    {
        try
        {
            while (true)
            {
                if (_running.Count == 0 && !TryStart(jobFor))
                    return null;
                if (await NextAsync(jobFor).ConfigureAwait(false) is not var (leg, failure))
                    continue;
                _running.RemoveAll(entry => ReferenceEquals(entry.Leg, leg));
                if (failure is null)
                    return leg;
                leg.Fail(failure, delivered: false);
                await leg.DisposeAsync().ConfigureAwait(false);
                Note(failure);
                if (!failure.MayTryAnother)
                    throw failure is FallbackException ? failure : WithTrace(failure);
                if (!IsOfTheConnection(failure.Failure))
                    queue.Skip(leg.Target);
            }
        }
        finally
        {
            foreach (var (leg, begun) in _running)
            {
                leg.Abandon(
                    call.Caller.IsCancellationRequested ? FallbackStepOutcome.Cancelled : FallbackStepOutcome.Lost
                );
                _ = DiscardAsync(leg, begun);
            }
            _running.Clear();
        }
    }

    private bool TryStart(Func<FallbackTarget, ProviderConnection, FallbackJob<TItem>?> jobFor)
    {
        while (queue.TryNext(out FallbackCandidate candidate))
        {
            if (!candidate.Target.Provider.IsEnabled)
            {
                call.SkipStep(candidate, new("switched off", ProviderFailure.Refused, null));
                continue;
            }
            if (jobFor(candidate.Target, candidate.Lane.Connection) is not { } job)
            {
                call.SkipStep(candidate, new("can't go on with a part", ProviderFailure.ModelUnavailable, null));
                continue;
            }
            if (candidate.Lane.TryEnter(out LaneEntry entry) is { } refusal)
            {
                call.SkipStep(candidate, refusal);
                Note(AsException(candidate, refusal));
                continue;
            }
            var leg = new Leg<TItem>(candidate, job, call, entry);
            _running.Add((leg, leg.OpenAsync(Within(job))));
            return true;
        }
        return false;
    }

    // One that began to serve or failed; null when there is nothing to tell but one more is running.
    private async Task<(Leg<TItem> Leg, ProviderException? Failure)?> NextAsync(
        Func<FallbackTarget, ProviderConnection, FallbackJob<TItem>?> jobFor
    )
    {
        if (_running.Count == 1)
        {
            var (leg, begun) = _running[0];
            if (call.Options.HedgeAfter is not { } patience || !queue.HasNext)
                return (leg, await begun.ConfigureAwait(false));
            using var done = CancellationTokenSource.CreateLinkedTokenSource(call.Caller);
            Task late = Task.Delay(patience, call.Time, done.Token);
            if (await Task.WhenAny(begun, late).ConfigureAwait(false) == late)
            {
                TryStart(jobFor);
                return null;
            }
            await done.CancelAsync().ConfigureAwait(false);
            return (leg, await begun.ConfigureAwait(false));
        }
        Task<ProviderException?> first = await Task.WhenAny(_running.Select(entry => entry.Begun))
            .ConfigureAwait(false);
        Leg<TItem> quicker = _running.Find(entry => entry.Begun == first).Leg;
        return (quicker, await first.ConfigureAwait(false));
    }

    private TimeSpan Within(FallbackJob<TItem> job)
    {
        TimeSpan patience =
            job.IsWhole ? call.Options.WholeAnswerTimeout
            : queue.HasNext ? call.Options.FirstOutputTimeout
            : call.Options.LastFirstOutputTimeout;
        TimeSpan left = call.Left;
        TimeSpan within = patience < left ? patience : left;
        return within > TimeSpan.Zero ? within : TimeSpan.FromMilliseconds(1);
    }

    private void Note(ProviderException failure)
    {
        _canPass |= failure.IsRetryable;
        if (failure.RetryAfter is { } wait && (_retryAfter is null || wait < _retryAfter))
            _retryAfter = wait;
        _failure = failure;
    }

    private TimeSpan? WaitBeforeRound()
    {
        TimeSpan wait = call.Options.RoundPause;
        if (_retryAfter > wait)
            wait = _retryAfter.Value;
        return wait < call.Left ? wait : null;
    }

    private FallbackException NobodyServes()
    {
        ProviderException cause =
            _failure ?? new ProviderException(ProviderFailure.Refused, "Every provider of the chain is switched off.");
        int asked = trace.Steps.Count(step => step.Outcome is not FallbackStepOutcome.Skipped);
        string message =
            asked == 0
                ? $"No provider of the chain takes calls at the moment. {cause.Message}"
                : $"No provider of the chain could serve; {asked} {(asked == 1 ? "attempt" : "attempts")}. {cause.Message}";
        return new FallbackException(cause, message, trace, _retryAfter);
    }

    private FallbackException WithTrace(ProviderException failure) => new(failure, failure.Message, trace, null);

    private static ProviderException AsException(FallbackCandidate candidate, LaneRefusal refusal) =>
        new(
            refusal.Failure,
            $"{candidate.Target} is passed over: {refusal.Reason}.",
            new ProviderFailureDetails
            {
                Provider = candidate.Target.Provider.Name,
                Connection = candidate.Lane.Connection.Id,
                Model = candidate.Target.Model,
                RetryAfter = refusal.RetryAfter,
            }
        );

    // Another key or address of the same provider may do better with these.
    private static bool IsOfTheConnection(ProviderFailure failure) =>
        failure
            is ProviderFailure.Authentication
                or ProviderFailure.Permission
                or ProviderFailure.QuotaExhausted
                or ProviderFailure.RateLimited
                or ProviderFailure.Refused
                or ProviderFailure.Network
                or ProviderFailure.Timeout;

    // Not waited for: whoever was quicker is not held up by closing the slower one.
    private static async Task DiscardAsync(Leg<TItem> leg, Task<ProviderException?> begun)
    {
        leg.Stop();
        await ((Task)begun).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await leg.DisposeAsync().ConfigureAwait(false);
    }
}
