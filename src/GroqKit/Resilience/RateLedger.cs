using GroqKit.Catalog;

namespace GroqKit.Resilience;

/// <summary>
/// The gate's books: every known limit of one model, what is under way, and so how long a call has to wait. Times are seconds of the gate's
/// clock. Guarded by the gate's lock.
/// </summary>
internal sealed class RateLedger
{
    /// <summary>By which share of the first calls their number grows in a second without an answer.</summary>
    private const double FirstCallsGrowth = 8;

    /// <summary>Late timers may be made up for by that much, so that spacing does not cost throughput.</summary>
    private const double SpacingSlack = 0.02;

    /// <summary>The wait after a refusal that says nothing.</summary>
    private const double UnknownHold = 1;

    /// <summary>What is kept back of the tokens for calls under way that turn out larger than expected.</summary>
    private const double ReserveOfUnderWay = 0.1;
    private const double ReserveOfLimit = 0.02;

    /// <summary>How much one call moves the average of what calls need beyond what was asked for.</summary>
    private const double LearningRate = 0.1;

    private const int MostBuckets = 12;

    private readonly RateLimitOptions _options;
    private readonly double _widestSpacing;
    private Func<RateLimits, ModelLimits?>? _published;
    private readonly RateBucket _requests = new(RateUnit.Requests, RateSource.Headers, 86_400);
    private readonly RateBucket _tokens = new(RateUnit.Tokens, RateSource.Headers, 60);
    private readonly RateBucket _audio = new(RateUnit.AudioSeconds, RateSource.Headers, 3600);
    private readonly List<RateBucket> _buckets;
    private RateAmounts _sent;
    private RateAmounts _underWay;

    /// <summary>What calls need beyond what their requests tell, on average; a guess before the first answer.</summary>
    private double _extraTokens = 256;
    private int _lessons;
    private double _heldUntil;
    private double _nextAt;
    private double _firstSentAt = double.NaN;
    private bool _heard;

    /// <summary>How many calls may be under way after a refusal whose limit is unknown.</summary>
    private double _window = double.PositiveInfinity;

    /// <param name="options">What is wanted.</param>
    /// <param name="published">The plan that has the limits which an answer reported; null when none is known.</param>
    public RateLedger(RateLimitOptions options, Func<RateLimits, ModelLimits?> published)
    {
        _options = options;
        _published = options.UsePublishedLimits ? published : null;
        _widestSpacing = options.MaxThrottleDelay.TotalSeconds;
        _buckets = [_requests, _tokens, _audio];
        Add(RateUnit.Requests, RateSource.Options, 60, options.RequestsPerMinute, used: 0, now: 0);
        Add(RateUnit.Tokens, RateSource.Options, 60, options.TokensPerMinute, used: 0, now: 0);
    }

    /// <summary>What calls will probably take, given what their requests tell together.</summary>
    public RateAmounts Estimate(RateAmounts asked) =>
        asked with
        {
            Tokens = Math.Max(asked.Requests, asked.Tokens + asked.Requests * _extraTokens),
        };

    /// <summary>How long limits keep a call waiting; 0 when they don't.</summary>
    public double HardWait(RateAmounts amounts, RateAmounts ahead, double now)
    {
        double wait = Math.Max(0, _heldUntil - now);
        foreach (RateBucket bucket in _buckets)
        {
            bucket.Refill(now);
            double amount = amounts.Of(bucket.Unit);
            if (amount > 0)
                wait = Math.Max(wait, bucket.WaitFor(amount, ahead.Of(bucket.Unit) + Reserve(bucket), now));
        }
        return wait;
    }

    /// <summary>How long prudence keeps a call waiting that no limit keeps; infinite when that depends on other calls.</summary>
    public double SoftWait(double now)
    {
        if (_underWay.Requests >= _window)
            return double.PositiveInfinity;
        return Math.Max(FirstCallsWait(now), Math.Max(0, _nextAt - now));
    }

    public RateTicket Charge(RateAmounts asked, RateAmounts amounts, int waiting, double now)
    {
        if (double.IsNaN(_firstSentAt))
            _firstSentAt = now;
        double spacing = 0;
        foreach (RateBucket bucket in _buckets)
        {
            double amount = amounts.Of(bucket.Unit);
            bucket.Take(amount);
            spacing = Math.Max(spacing, Spacing(bucket, amount, waiting));
        }
        if (spacing > 0)
            _nextAt = Math.Max(_nextAt, now - SpacingSlack) + spacing;
        var ticket = new RateTicket(amounts, asked, _sent, _underWay, now);
        _sent += amounts;
        _underWay += amounts;
        return ticket;
    }

    /// <summary>The call was answered.</summary>
    public void Observe(RateTicket ticket, RateLimits limits, double now)
    {
        _heard = true;
        Observe(_requests, ticket, limits.LimitRequests, limits.RemainingRequests, limits.ResetRequests, now);
        Observe(_tokens, ticket, limits.LimitTokens, limits.RemainingTokens, limits.ResetTokens, now);
        Observe(_audio, ticket, limits.LimitAudioSeconds, limits.RemainingAudioSeconds, limits.ResetAudioSeconds, now);
        // One call at a time hardly meets a limit that is not reported, and looking plans up is not free.
        if (_published is { } published && _underWay.Requests > 1 && limits != RateLimits.None)
        {
            _published = null;
            AddUnreported(published(limits), now);
        }
    }

    /// <summary>The call was answered with a rate limit.</summary>
    public void Refuse(TimeSpan? retryAfter, RateRefusal? refusal, double now)
    {
        double wait = (refusal?.RetryIn ?? retryAfter)?.TotalSeconds ?? UnknownHold;
        if (refusal is null || FindOrAdd(refusal) is not { } bucket)
        {
            _heldUntil = Math.Max(_heldUntil, now + wait);
            _window = Math.Max(1, Math.Floor(_underWay.Requests / 2));
            return;
        }
        double level = refusal.Requested - wait * refusal.Limit / refusal.PeriodSeconds;
        bucket.Refill(now);
        if (bucket.Source is not RateSource.Headers && bucket.Limit != refusal.Limit)
            bucket.Fix(refusal.Limit, level, now);
        else
            bucket.LowerTo(level);
    }

    /// <summary>The call is over.</summary>
    /// <param name="ticket">What it was admitted with.</param>
    /// <param name="used">What the server counted; null when that is unknown, and the estimate stands.</param>
    /// <param name="now">The time.</param>
    public void Settle(RateTicket ticket, RateAmounts? used, double now)
    {
        _underWay -= ticket.Charged;
        if (used is not { } amounts)
            return;
        foreach (RateBucket bucket in _buckets)
        {
            bucket.Refill(now);
            bucket.GiveBack((ticket.Charged - amounts).Of(bucket.Unit));
        }
        if (amounts.Requests > 0)
            _window++;
        if (amounts.Tokens > 0)
            Learn(amounts.Tokens - ticket.Asked.Tokens);
    }

    public IReadOnlyList<RateLimitState> States(double now)
    {
        var states = new List<RateLimitState>();
        foreach (RateBucket bucket in _buckets)
        {
            bucket.Refill(now);
            if (bucket.IsKnown)
                states.Add(bucket.State(now));
        }
        return states;
    }

    /// <summary>What is left of what answers report, at least 0; null when they report nothing of that kind.</summary>
    public double? Remaining(RateUnit unit, double now)
    {
        foreach (RateBucket bucket in _buckets)
        {
            if (bucket.Unit != unit || bucket.Source is not RateSource.Headers || !bucket.IsKnown)
                continue;
            bucket.Refill(now);
            return Math.Max(0, bucket.Level);
        }
        return null;
    }

    public double HeldFor(double now) => Math.Max(0, _heldUntil - now);

    private void Learn(double extraTokens)
    {
        _lessons++;
        _extraTokens += Math.Max(1.0 / _lessons, LearningRate) * (extraTokens - _extraTokens);
    }

    private double FirstCallsWait(double now)
    {
        if (_heard || _underWay.Requests < _options.FirstCalls)
            return 0;
        double waited = (_underWay.Requests + 1 - _options.FirstCalls) / (_options.FirstCalls * FirstCallsGrowth);
        return Math.Max(0, _firstSentAt + waited - now);
    }

    private double Reserve(RateBucket bucket) =>
        bucket.Unit is RateUnit.Tokens
            ? Math.Min(ReserveOfUnderWay * _underWay.Tokens, ReserveOfLimit * bucket.Limit)
            : 0;

    private double Spacing(RateBucket bucket, double amount, int waiting)
    {
        double edge = _options.ThrottleBelow * bucket.Limit;
        if (amount <= 0 || !bucket.IsKnown || bucket.Level >= edge)
            return 0;
        double widest = Math.Min(amount / bucket.PerSecond, _widestSpacing / (1 + waiting));
        return widest * Math.Min(1, 1 - bucket.Level / edge);
    }

    private void Observe(
        RateBucket bucket,
        RateTicket ticket,
        double? limit,
        double? remaining,
        TimeSpan? reset,
        double now
    )
    {
        if (limit is not > 0 || remaining is not { } left)
            return;
        double unseen = (_sent - ticket.SentBefore + ticket.Others).Of(bucket.Unit);
        // The call itself is counted as a request when it is answered; what its answer costs may be counted only at its end.
        if (bucket == _requests)
            unseen -= ticket.Charged.Requests;
        bucket.Refill(now);
        bucket.Observe(new RateReading(limit.Value, left, reset), now - ticket.SentAt, unseen, now);
    }

    private RateBucket? FindOrAdd(RateRefusal refusal)
    {
        foreach (RateBucket bucket in _buckets)
        {
            if (
                bucket.Unit == refusal.Unit
                && bucket.PeriodSeconds == refusal.PeriodSeconds
                && bucket.Source is not RateSource.Options
                && (bucket.Source is not RateSource.Headers || bucket.IsKnown)
            )
            {
                return bucket;
            }
        }
        if (_buckets.Count == MostBuckets)
            return null;
        var added = new RateBucket(refusal.Unit, RateSource.Refusal, refusal.PeriodSeconds);
        _buckets.Add(added);
        return added;
    }

    private void AddUnreported(ModelLimits? plan, double now)
    {
        if (plan is null)
            return;
        Add(RateUnit.Requests, RateSource.Plan, 60, plan.RequestsPerMinute, _sent.Requests, now);
        Add(RateUnit.Tokens, RateSource.Plan, 86_400, plan.TokensPerDay, _sent.Tokens, now);
        Add(RateUnit.AudioSeconds, RateSource.Plan, 86_400, plan.AudioSecondsPerDay, _sent.AudioSeconds, now);
    }

    private void Add(RateUnit unit, RateSource source, double period, long? limit, double used, double now)
    {
        if (limit is not { } known)
            return;
        var bucket = new RateBucket(unit, source, period);
        bucket.Fix(known, known - Math.Min(used, known), now);
        _buckets.Add(bucket);
    }
}
