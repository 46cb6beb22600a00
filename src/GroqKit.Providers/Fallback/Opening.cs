using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>Finds the provider that serves: one after the other, or two at once when the first is slow and hedging is on.</summary>
internal sealed class Opening<TItem>
{
    private readonly FallbackCall _call;
    private readonly CandidateQueue _queue;
    private readonly FallbackJob<TItem>? _job;
    private readonly Func<FallbackTarget, FallbackJob<TItem>?>? _jobFor;
    private ProviderException? _failure;
    private TimeSpan? _retryAfter;
    private bool _canPass;

    /// <summary>Everyone is asked the same.</summary>
    public Opening(FallbackCall call, CandidateQueue queue, FallbackJob<TItem> job)
    {
        _call = call;
        _queue = queue;
        _job = job;
    }

    /// <summary>Each is asked something else; nothing: it is passed over.</summary>
    public Opening(FallbackCall call, CandidateQueue queue, Func<FallbackTarget, FallbackJob<TItem>?> jobFor)
    {
        _call = call;
        _queue = queue;
        _jobFor = jobFor;
    }

    /// <summary>Whether someone is left to ask.</summary>
    public bool HasNext => _queue.HasNext;

    /// <summary>Goes through the chain, several times while failures are of the kind that passes.</summary>
    /// <exception cref="FallbackException">Nobody serves, or the request is the caller's mistake.</exception>
    public async ValueTask<Leg<TItem>> OpenAsync()
    {
        for (int round = 1; ; round++)
        {
            if (await TryRoundAsync().ConfigureAwait(false) is { } leg)
                return leg;
            if (round >= _call.Options.Rounds || !_canPass || WaitBeforeRound() is not { } wait)
                throw NobodyServes();
            await Task.Delay(wait, _call.Time, _call.Caller).ConfigureAwait(false);
            _queue.Restart();
            _retryAfter = null;
            _canPass = false;
        }
    }

    /// <summary>Asks whoever is left in the chain.</summary>
    /// <returns>The one that began to serve; null when nobody did.</returns>
    public ValueTask<Leg<TItem>?> TryRoundAsync() =>
        _call.Options.HedgeAfter is { } patience && _queue.HasNext
            ? new ValueTask<Leg<TItem>?>(new Race<TItem>(_call, this, patience).RunAsync())
            : AskInTurnAsync();

    /// <summary>Begins the next attempt that may be made; null when nobody is left.</summary>
    public Leg<TItem>? NextLeg()
    {
        while (_queue.TryNext(out FallbackCandidate candidate))
        {
            if (RefusalOf(candidate) is { } off)
            {
                _call.SkipStep(candidate, off);
                continue;
            }
            FallbackJob<TItem>? job = _jobFor is null ? _job : _jobFor(candidate.Target);
            if (job is null)
            {
                _call.SkipStep(candidate, new("can't go on with a part", ProviderFailure.ModelUnavailable, null));
                continue;
            }
            LaneEntry entry = default;
            if ((FindDelay(candidate, job, out TimeSpan within) ?? candidate.Lane.TryEnter(out entry)) is { } refusal)
            {
                _call.SkipStep(candidate, refusal);
                Note(AsException(candidate, refusal));
                continue;
            }
            return new Leg<TItem>(candidate, job, _call, entry, within);
        }
        return null;
    }

    /// <summary>
    /// How long an attempt may take up to its first output. The wait for its turn is not the provider's doing and comes on top, but where somebody
    /// else can be asked it is not waited for longer than for a silent provider, and never beyond the time for the whole.
    /// </summary>
    /// <returns>Why it is not asked at all; null when it is.</returns>
    private LaneRefusal? FindDelay(FallbackCandidate candidate, FallbackJob<TItem> job, out TimeSpan within)
    {
        FallbackOptions options = _call.Options;
        TimeSpan left = _call.Left;
        TimeSpan turn = candidate.Lane.Wait;
        TimeSpan patience = (job is WholeJob<TItem>, _queue.HasNext) switch
        {
            (true, true) => options.WholeAnswerTimeout,
            (true, false) => options.LastWholeAnswerTimeout,
            (false, true) => options.FirstOutputTimeout,
            (false, false) => options.LastFirstOutputTimeout,
        };
        within = patience + turn < left ? patience + turn : left;
        if (left <= TimeSpan.Zero)
            return new("no time left", ProviderFailure.Timeout, null);
        TimeSpan longest = _queue.HasNext && options.FirstOutputTimeout < left ? options.FirstOutputTimeout : left;
        return turn < longest
            ? null
            : new($"its turn is {turn.TotalSeconds:0.#} s off", ProviderFailure.RateLimited, turn);
    }

    /// <summary>Takes note of an attempt that failed before it was chosen.</summary>
    /// <exception cref="ProviderException">Nobody else may be asked.</exception>
    public async ValueTask GiveUpAsync(Leg<TItem> leg, ProviderException failure)
    {
        leg.Fail(failure, delivered: false);
        await leg.DisposeAsync().ConfigureAwait(false);
        Note(failure);
        if (!failure.MayTryAnother)
            throw failure as FallbackException ?? new FallbackException(failure, failure.Message, _call.Trace, null);
        if (!IsOfTheConnection(failure.Failure))
            _queue.Skip(leg.Target);
    }

    private async ValueTask<Leg<TItem>?> AskInTurnAsync()
    {
        while (NextLeg() is { } leg)
        {
            ProviderException? failure;
            try
            {
                failure = await leg.OpenAsync().ConfigureAwait(false);
            }
            catch
            {
                // The caller left, or its options can't be sent: nothing that the provider did.
                leg.Abandon(
                    _call.Caller.IsCancellationRequested ? FallbackStepOutcome.Cancelled : FallbackStepOutcome.Failed
                );
                await leg.DisposeAsync().ConfigureAwait(false);
                throw;
            }
            if (failure is null)
                return leg;
            await GiveUpAsync(leg, failure).ConfigureAwait(false);
        }
        return null;
    }

    private LaneRefusal? RefusalOf(FallbackCandidate candidate)
    {
        IProvider provider = candidate.Target.Provider;
        string? reason = provider.IsEnabled ? _call.Controls.FindRefusal(provider.Name) : "switched off";
        return reason is null ? null : new(reason, ProviderFailure.Refused, null);
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
        TimeSpan wait = _call.Options.RoundPause;
        if (_retryAfter > wait)
            wait = _retryAfter.Value;
        return wait < _call.Left ? wait : null;
    }

    private FallbackException NobodyServes()
    {
        ProviderException cause =
            _failure ?? new ProviderException(ProviderFailure.Refused, "Every provider of the chain is switched off.");
        int asked = _call.Trace.Asked;
        string message =
            asked == 0
                ? $"No provider of the chain takes calls at the moment. {cause.Message}"
                : $"No provider of the chain could serve; {asked} {(asked == 1 ? "attempt" : "attempts")}. {cause.Message}";
        return new FallbackException(cause, message, _call.Trace, _retryAfter);
    }

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
}
