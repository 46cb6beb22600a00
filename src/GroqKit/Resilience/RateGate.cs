namespace GroqKit.Resilience;

/// <summary>
/// Lets the calls to one model through as fast as its rate limits allow and no faster, first come first served. Safe for all threads.
/// </summary>
/// <remarks>
/// The gate keeps its own copy of the server's counters. A call is charged when it is sent; its answer corrects the copy within what calls
/// still under way leave open, so that many parallel calls neither wait for nothing nor run into the limit together.
/// </remarks>
internal sealed class RateGate(RateLimitOptions options, TimeProvider time, string model) : IDisposable
{
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly RateLedger _ledger = new(options, reported => PublishedLimits.Find(model, reported));
    private readonly LinkedList<RateWaiter> _waiters = new();
    private readonly bool _enabled = options.Enabled;
    private readonly long _origin = time.GetTimestamp();

    /// <summary>What the waiting calls asked for together.</summary>
    private RateAmounts _waiting;
    private ITimer? _timer;

    /// <summary>No waiter's deadline lies before it.</summary>
    private double _nextDeadline = double.PositiveInfinity;

    public bool IsEnabled => _enabled;

    public RateLimitStatus Status
    {
        get
        {
            lock (_gate)
            {
                double now = Now();
                return new(_ledger.States(now), _waiters.Count, TimeSpan.FromSeconds(_ledger.HeldFor(now)));
            }
        }
    }

    /// <summary>How long a call of the usual size would wait, behind those that wait already.</summary>
    public TimeSpan Wait
    {
        get
        {
            if (!_enabled)
                return TimeSpan.Zero;
            lock (_gate)
            {
                RateAmounts usual = _ledger.Estimate(new RateAmounts(1, 0, 0));
                double wait = _ledger.HardWait(usual, _ledger.Estimate(_waiting), Now());
                return TimeSpan.FromSeconds(Math.Min(wait, LongestTimer.TotalSeconds));
            }
        }
    }

    public int WaitingCalls
    {
        get
        {
            lock (_gate)
                return _waiters.Count;
        }
    }

    /// <summary>What is left of what answers report, at least 0; null when they report nothing of that kind.</summary>
    public double? Remaining(RateUnit unit)
    {
        lock (_gate)
            return _ledger.Remaining(unit, Now());
    }

    /// <summary>Waits until the limits leave room for a call, or says at once that they won't in time.</summary>
    /// <param name="asked">What the call needs, as far as its request tells.</param>
    /// <param name="patience">The longest that it can wait.</param>
    /// <param name="cancellationToken">Gives up the place in the queue.</param>
    public ValueTask<RateAdmission> EnterAsync(
        RateAmounts asked,
        TimeSpan patience,
        CancellationToken cancellationToken
    )
    {
        if (!_enabled)
            return default;
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RateAdmission>(cancellationToken);
        LinkedListNode<RateWaiter> place;
        lock (_gate)
        {
            double now = Now();
            RateAmounts amounts = _ledger.Estimate(asked);
            double limit = patience.TotalSeconds;
            double hard = _ledger.HardWait(amounts, _ledger.Estimate(_waiting), now);
            if (hard > limit)
                return new(Refusal(hard));
            if (_waiters.Count == 0 && hard <= 0 && SoftWait(limit, now) <= 0)
                return new(new RateAdmission(_ledger.Charge(asked, amounts, waiting: 0, now), null));
            place = Enqueue(new RateWaiter(asked, now + limit), now);
        }
        return WaitAsync(place, cancellationToken);
    }

    /// <summary>An answer came; its headers are read, its end is not there yet.</summary>
    public void Observe(RateTicket ticket, RateLimits limits)
    {
        if (!_enabled)
            return;
        lock (_gate)
        {
            double now = Now();
            _ledger.Observe(ticket, limits, now);
            Pump(now);
        }
    }

    /// <summary>A whole answer came: <see cref="Observe"/> and <see cref="Settle"/> in one.</summary>
    public void Complete(RateTicket ticket, RateLimits limits, RateAmounts? used)
    {
        if (!_enabled)
            return;
        lock (_gate)
        {
            double now = Now();
            _ledger.Observe(ticket, limits, now);
            _ledger.Settle(ticket, used, now);
            Pump(now);
        }
    }

    /// <summary>The call is over: its answer was a rate limit, and the server counted nothing.</summary>
    public void Refuse(RateTicket ticket, GroqRateLimitException error)
    {
        if (!_enabled)
            return;
        lock (_gate)
        {
            double now = Now();
            if (error.RateLimits is { } limits)
                _ledger.Observe(ticket, limits, now);
            _ledger.Settle(ticket, default(RateAmounts), now);
            _ledger.Refuse(error.RetryAfter, RateRefusal.TryParse(error.Message), now);
            Pump(now);
        }
    }

    /// <summary>The call is over in another way.</summary>
    /// <param name="ticket">What it was admitted with.</param>
    /// <param name="used">What the server counted; null when that is unknown.</param>
    public void Settle(RateTicket ticket, RateAmounts? used)
    {
        if (!_enabled)
            return;
        lock (_gate)
        {
            double now = Now();
            _ledger.Settle(ticket, used, now);
            Pump(now);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            foreach (RateWaiter waiter in _waiters)
                waiter.TrySetException(new ObjectDisposedException(nameof(GroqClient)));
            _waiters.Clear();
        }
    }

    private static RateAdmission Refusal(double wait) =>
        new(default, TimeSpan.FromSeconds(Math.Min(wait, TimeSpan.FromDays(3650).TotalSeconds)));

    private double Now() => time.GetElapsedTime(_origin).TotalSeconds;

    // What is only prudent must not make a call fail: it never takes more than half of the time left.
    private double SoftWait(double patience, double now)
    {
        double wait = _ledger.SoftWait(now);
        return double.IsFinite(wait) && wait > patience / 2 ? 0 : wait;
    }

    private LinkedListNode<RateWaiter> Enqueue(RateWaiter waiter, double now)
    {
        LinkedListNode<RateWaiter> place = _waiters.AddLast(waiter);
        _waiting += waiter.Asked;
        _nextDeadline = Math.Min(_nextDeadline, waiter.Deadline);
        if (_waiters.Count == 1)
            Pump(now);
        return place;
    }

    private async ValueTask<RateAdmission> WaitAsync(
        LinkedListNode<RateWaiter> place,
        CancellationToken cancellationToken
    )
    {
        using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(
            static (state, token) =>
            {
                var (gate, place) = ((RateGate, LinkedListNode<RateWaiter>))state!;
                gate.Leave(place, token);
            },
            (this, place)
        );
        return await place.Value.Task.ConfigureAwait(false);
    }

    private void Leave(LinkedListNode<RateWaiter> place, CancellationToken token)
    {
        lock (_gate)
        {
            if (!place.Value.TrySetCanceled(token))
                return;
            Remove(place);
            Pump(Now());
        }
    }

    private void OnTimer()
    {
        lock (_gate)
            Pump(Now());
    }

    /// <summary>Lets go whoever may go, and sees to it that somebody looks again when the next one may.</summary>
    private void Pump(double now)
    {
        while (_waiters.First is { } first)
        {
            RateWaiter waiter = first.Value;
            RateAmounts amounts = _ledger.Estimate(waiter.Asked);
            double wait = _ledger.HardWait(amounts, default, now);
            if (wait <= 0)
                wait = SoftWait(waiter.Deadline - now, now);
            if (wait <= 0)
            {
                Remove(first);
                waiter.TrySetResult(new(_ledger.Charge(waiter.Asked, amounts, _waiters.Count, now), null));
                continue;
            }
            if (now + wait > _nextDeadline && RefuseLate(now, wait))
                continue;
            Arm(Math.Min(wait, _nextDeadline - now));
            return;
        }
    }

    /// <summary>Refuses those who cannot be let through in time; nobody passes before the first.</summary>
    private bool RefuseLate(double now, double wait)
    {
        bool any = false;
        _nextDeadline = double.PositiveInfinity;
        for (LinkedListNode<RateWaiter>? place = _waiters.First, next; place is not null; place = next)
        {
            next = place.Next;
            RateWaiter waiter = place.Value;
            bool late = double.IsFinite(wait) ? now + wait > waiter.Deadline : now >= waiter.Deadline;
            if (!late)
            {
                _nextDeadline = Math.Min(_nextDeadline, waiter.Deadline);
                continue;
            }
            Remove(place);
            waiter.TrySetResult(Refusal(double.IsFinite(wait) ? wait : 0));
            any = true;
        }
        return any;
    }

    private void Remove(LinkedListNode<RateWaiter> place)
    {
        _waiters.Remove(place);
        _waiting = _waiters.Count == 0 ? default : _waiting - place.Value.Asked;
    }

    private void Arm(double seconds)
    {
        // Rounded up: a timer that fires early would only have to be set again, and one of zero would fire for ever.
        double milliseconds = Math.Ceiling(Math.Min(seconds, LongestTimer.TotalSeconds) * 1000);
        TimeSpan due = TimeSpan.FromMilliseconds(Math.Max(1, milliseconds));
        _timer ??= time.CreateTimer(
            static state => ((RateGate)state!).OnTimer(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }
}
