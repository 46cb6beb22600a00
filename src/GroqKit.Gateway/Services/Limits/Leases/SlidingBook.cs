namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// The book of a limit per minute. What a call takes is used from the moment it is admitted, and told to the store at the next
/// opportunity; permits that aren't used until their lease expires count as used then.
/// </summary>
internal sealed class SlidingBook(TimeProvider time) : LeaseBook(time)
{
    private const int Remembered = 256;
    private const int SecondBits = 32;

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(61);

    private readonly SecondsRing _own = new(time);
    private readonly (long Sequence, long Slot)[] _slots = new (long, long)[Remembered];
    private readonly Dictionary<long, long> _corrections = [];
    private long _covered;
    private long _aloneLeft = -1;
    private long _aloneSince;

    public override bool IsBusy => base.IsBusy || _corrections.Count > 0;

    public override LimitTake TakeAlone(long amount, long limit, int nodes)
    {
        _own.Advance();
        long share = (limit + nodes - 1) / nodes;
        // Others may have used what was left, so of that only a share is this node's.
        if (_aloneLeft < 0 && HeardWithin(Minute))
        {
            _aloneLeft = (Remaining + nodes - 1) / nodes;
            _aloneSince = Time.GetTimestamp();
        }
        else if (_aloneLeft >= 0 && Time.GetElapsedTime(_aloneSince) >= Minute)
        {
            _aloneLeft = long.MaxValue;
        }
        long left = Math.Min(share - _own.Sum, _aloneLeft < 0 ? long.MaxValue : _aloneLeft);
        if (amount > left)
            return new LimitTake(
                false,
                0,
                Math.Max(left, 0),
                amount > share ? null : _own.WaitFor(Math.Max(1, amount - left))
            );
        if (_aloneLeft >= 0)
            _aloneLeft -= amount;
        return new LimitTake(true, Book(amount, leased: false), left, null);
    }

    public override void Settle(long stamp, long taken, long used)
    {
        long difference = used - taken;
        if (difference == 0)
            return;
        _own.Advance();
        _own.Add(stamp & ((1L << SecondBits) - 1), difference);
        long sequence = stamp >> SecondBits;
        if (difference > 0)
        {
            Pending += difference;
        }
        else if (sequence == Sequence)
        {
            Pending += difference;
            long free = Math.Min(-difference, _covered);
            _covered -= free;
            Stock = Math.Min(Stock + free, Math.Max(0, Hold - _covered));
        }
        else
        {
            _corrections[sequence] = _corrections.GetValueOrDefault(sequence) + difference;
        }
    }

    protected override long Book(long amount, bool leased)
    {
        long second = _own.Advance();
        _own.Add(second, amount);
        Pending += amount;
        if (leased)
            _covered += amount;
        return (Sequence << SecondBits) | second;
    }

    protected override LeaseReport Report(long sequence)
    {
        var corrections = new List<KeyValuePair<long, long>>(_corrections.Count);
        foreach ((long of, long amount) in _corrections)
        {
            (long known, long slot) = _slots[of % Remembered];
            if (known == of)
                corrections.Add(new(slot, amount));
        }
        _corrections.Clear();
        var report = new LeaseReport(sequence, Pending, _covered, corrections);
        Pending = 0;
        _covered = 0;
        return report;
    }

    protected override long Unreported() => _covered;

    protected override void Heard(LeaseReport report, LeaseReply reply)
    {
        _slots[report.Sequence % Remembered] = (report.Sequence, reply.Slot);
        _aloneLeft = -1;
    }

    protected override void Retell()
    {
        _own.Advance();
        _corrections.Clear();
        Array.Clear(_slots);
        Outgoing = null;
        Pending = _own.Sum;
        _covered = 0;
    }

    protected override void Expired() { }
}
