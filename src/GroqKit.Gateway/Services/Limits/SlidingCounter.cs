namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// Counts over any 60 seconds. A bucket that refills would let twice the limit through in the minute after a quiet one.
/// </summary>
internal sealed class SlidingCounter(TimeProvider time) : ILimitCounter
{
    private readonly Lock _gate = new();
    private readonly SecondsRing _used = new(time);

    public ValueTask<LimitTake> TakeAsync(long amount, long limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Take(amount, limit));

    public void Settle(long stamp, long taken, long used)
    {
        if (used == taken)
            return;
        lock (_gate)
        {
            _used.Advance();
            _used.Add(stamp, used - taken);
        }
    }

    private LimitTake Take(long amount, long limit)
    {
        lock (_gate)
        {
            long now = _used.Advance();
            long left = limit - _used.Sum;
            if (amount > left)
                return new LimitTake(
                    false,
                    now,
                    Math.Max(left, 0),
                    amount > limit ? null : _used.WaitFor(amount - left)
                );
            _used.Add(now, amount);
            return new LimitTake(true, now, left, null);
        }
    }
}
