namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// What one node knows of one limit that it shares with others: what it may use without asking, what it has used and not yet told,
/// and what it was refused lately. Decides without waiting. Not thread-safe.
/// </summary>
internal abstract class LeaseBook
{
    // A refusal holds for all calls for this long; a flood of refused calls doesn't become a flood of questions.
    private static readonly TimeSpan RefusalHolds = TimeSpan.FromMilliseconds(200);

    // For how many seconds' use a node holds permits in advance: as long as a lease holds. After a second's use, and with a rate that has
    // grown meanwhile, that still is more than it takes to find out that the store is away.
    private const double Advance = 4;

    // With how many seconds' use left it asks for more by itself.
    private const double Low = 2;

    private long _leaseEnd;
    private long _remaining;
    private long _least;
    private long _refused = long.MaxValue;
    private long _refusedUntil;
    private long _retryAt;
    private long _tended;
    private double _perSecond;
    private long _takenSinceTended;
    private long _storeNow;
    private long _heardAt;

    protected LeaseBook(TimeProvider time)
    {
        Time = time;
        _tended = time.GetTimestamp();
        _leaseEnd = _tended;
    }

    /// <summary>The life of the store that this node last heard of; null before the first time.</summary>
    public long? Epoch { get; private set; }

    /// <summary>True while there is something to tell or to give back.</summary>
    public virtual bool IsBusy => Hold > 0 || Pending != 0 || Outgoing is { IsEmpty: false };

    protected TimeProvider Time { get; }

    /// <summary>What may be used without asking.</summary>
    protected long Stock { get; set; }

    /// <summary>What the store lets this node use: stock, and what was used of it without being told yet.</summary>
    protected long Hold { get; private set; }

    /// <summary>Used, and in no report yet.</summary>
    protected long Pending { get; set; }

    /// <summary>The report that isn't known to have arrived.</summary>
    protected LeaseReport? Outgoing { get; set; }

    /// <summary>The number of the report that what is used now will be in.</summary>
    protected long Sequence { get; private set; } = 1;

    /// <summary>What was left for all when the store last answered.</summary>
    protected long Remaining => _remaining;

    /// <summary>The store's time, as far as known.</summary>
    protected DateTimeOffset StoreNow =>
        Epoch is null
            ? Time.GetUtcNow()
            : DateTimeOffset.FromUnixTimeMilliseconds(_storeNow) + Time.GetElapsedTime(_heardAt);

    /// <summary>
    /// True when the stock is worth filling up before it is empty. Of a limit with little left nothing is hoarded: a node that is killed takes
    /// its stock with it.
    /// </summary>
    public bool IsLow =>
        _perSecond > 4 && Stock < Math.Min(_perSecond * Low, (double)_remaining / LedgerRules.ExtraShare);

    /// <summary>Grants or refuses without asking; null when that isn't possible.</summary>
    public LimitTake? TryTake(long amount, long limit)
    {
        long now = Time.GetTimestamp();
        DropExpired(now);
        if (amount <= Stock)
        {
            long left = _remaining + Stock;
            Stock -= amount;
            _takenSinceTended += amount;
            return new LimitTake(true, Book(amount, leased: true), left, null);
        }
        if (amount < _refused || now >= _refusedUntil)
            return null;
        return new LimitTake(
            false,
            0,
            _remaining + Stock,
            amount > limit ? null : Later(TimeSpan.Zero, Time.GetElapsedTime(now, _retryAt))
        );
    }

    /// <summary>Grants or refuses while nothing can be leased; not for money.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="limit">What the window allows all nodes together.</param>
    /// <param name="nodes">How many nodes there were when they could last be counted.</param>
    public abstract LimitTake TakeAlone(long amount, long limit, int nodes);

    public abstract void Settle(long stamp, long taken, long used);

    /// <summary>What to say to the store and to ask of it. Until the answer is applied it may be composed again.</summary>
    /// <param name="epoch">The life of the store.</param>
    /// <param name="node">This node.</param>
    /// <param name="ask">What waiting calls need.</param>
    /// <param name="tending">True when nobody waits, and what isn't needed is given back.</param>
    public LeaseRequest Compose(StoreEpoch epoch, string node, LeaseAsk ask, bool tending)
    {
        DropExpired(Time.GetTimestamp());
        if (Epoch is { } known && known != epoch.Since)
            Retell();
        Epoch = epoch.Since;
        if (tending)
            Measure();
        long wanted = (long)(Math.Max(_perSecond, tending ? 0 : _takenSinceTended) * Advance);
        if (tending && Stock > wanted)
            Stock = wanted;
        Outgoing ??= Report(Sequence++);
        _least = ask.Least;
        return new LeaseRequest(
            node,
            Outgoing,
            Stock + Unreported(),
            Math.Max(0, ask.Least - Stock),
            Math.Max(0, ask.Need - Stock),
            Math.Max(0, wanted - Stock),
            ask.Limit
        );
    }

    /// <summary>Takes in what the store answered.</summary>
    /// <param name="request">What it was asked.</param>
    /// <param name="reply">What it answered.</param>
    /// <param name="asked">When it was asked: the lease is counted from before it was made.</param>
    public void Apply(LeaseRequest request, LeaseReply reply, long asked)
    {
        Heard(request.Report, reply);
        Outgoing = null;
        Hold = request.Keep + reply.Granted;
        Stock += reply.Granted;
        _leaseEnd = asked + Ticks(Lease.Lifetime);
        _remaining = reply.Remaining;
        _storeNow = reply.Now;
        _heardAt = asked;
        _refused = long.MaxValue;
        if (request.Need == 0 || reply.Settling || reply.Granted >= request.Least)
            return;
        long now = Time.GetTimestamp();
        _refused = _least;
        _retryAt = now + Ticks(reply.RetryAfter);
        _refusedUntil = Math.Min(now + Ticks(RefusalHolds), _retryAt);
    }

    /// <summary>Writes down what a granted call takes.</summary>
    /// <param name="amount">How much.</param>
    /// <param name="leased">False when the store doesn't know of it.</param>
    /// <returns>The stamp that its settling needs.</returns>
    protected abstract long Book(long amount, bool leased);

    /// <summary>What to tell next.</summary>
    protected abstract LeaseReport Report(long sequence);

    /// <summary>What the store must go on holding for this node beside its stock.</summary>
    protected abstract long Unreported();

    /// <summary>A report has arrived.</summary>
    protected abstract void Heard(LeaseReport report, LeaseReply reply);

    /// <summary>The store has lost what it held: what it has to know is to be told again.</summary>
    protected abstract void Retell();

    /// <summary>The lease is over, as far as this node can tell.</summary>
    protected abstract void Expired();

    protected bool HeardWithin(TimeSpan time) => Epoch is not null && Time.GetElapsedTime(_heardAt) < time;

    private void DropExpired(long now)
    {
        if (now < _leaseEnd || Hold == 0)
            return;
        Stock = 0;
        Hold = 0;
        Expired();
    }

    private void Measure()
    {
        long now = Time.GetTimestamp();
        double seconds = Time.GetElapsedTime(_tended, now).TotalSeconds;
        if (seconds <= 0)
            return;
        _perSecond = _takenSinceTended == 0 ? 0 : (_perSecond + _takenSinceTended / seconds) / 2;
        _takenSinceTended = 0;
        _tended = now;
    }

    private long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Time.TimestampFrequency);

    private static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
