namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// The book of a limit per day or month. What a running call has taken stays leased until it ends, and what it really used is then told,
/// so that the store counts what the database will have, and what a node had when it died is free again after a while.
/// </summary>
internal sealed class PeriodBook(LimitWindow window, TimeProvider time) : LeaseBook(time)
{
    private long _running;
    private long _aloneLeft = -1;

    public override bool IsBusy => base.IsBusy || _running > 0;

    public override LimitTake TakeAlone(long amount, long limit, int nodes)
    {
        // Nothing is known; a call too many is better than none.
        if (Epoch is null)
            return new LimitTake(true, Book(amount, leased: false), limit, null);
        if (_aloneLeft < 0)
            _aloneLeft = (Remaining + nodes - 1) / nodes;
        if (amount > _aloneLeft)
            return new LimitTake(
                false,
                0,
                _aloneLeft,
                amount > limit ? null : LimitPeriod.StartOf(window, Number() + 1) - StoreNow
            );
        long left = _aloneLeft;
        _aloneLeft -= amount;
        return new LimitTake(true, Book(amount, leased: false), left, null);
    }

    public override void Settle(long stamp, long taken, long used)
    {
        _running -= taken;
        // A call of a period that is over counts for that one.
        if (stamp == Number())
            Pending += used;
        else
            used = 0;
        Stock = Math.Clamp(Stock + taken - used, 0, Math.Max(0, Hold - _running - Pending));
    }

    protected override long Book(long amount, bool leased)
    {
        _running += amount;
        return Number();
    }

    protected override LeaseReport Report(long sequence)
    {
        var report = new LeaseReport(sequence, Pending, 0, []);
        Pending = 0;
        return report;
    }

    protected override long Unreported() => _running + Pending;

    protected override void Heard(LeaseReport report, LeaseReply reply) => _aloneLeft = -1;

    protected override void Retell()
    {
        Pending += Outgoing?.Used ?? 0;
        Outgoing = null;
    }

    protected override void Expired() { }

    private long Number() => LimitPeriod.NumberOf(window, StoreNow);
}
