namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// Counts over any 60 seconds: whole seconds in a ring, of which the last 61 count, so that no 60 seconds, wherever they begin, see
/// more than the limit. A bucket that refills would let twice the limit through in the minute after a quiet one.
/// </summary>
internal sealed class SlidingCounter(TimeProvider time) : ILimitCounter
{
    private const int Slots = 61;

    private readonly Lock _gate = new();
    private readonly long[] _slots = new long[Slots];
    private readonly long _origin = time.GetTimestamp();
    private long _now;
    private long _sum;

    public ValueTask<LimitTake> TakeAsync(long amount, long limit, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Take(amount, limit));

    public void Correct(long stamp, long difference)
    {
        lock (_gate)
        {
            Advance();
            if (stamp <= _now - Slots)
                return;
            _slots[stamp % Slots] += difference;
            _sum += difference;
        }
    }

    private LimitTake Take(long amount, long limit)
    {
        lock (_gate)
        {
            Advance();
            long left = limit - _sum;
            if (amount > left)
                return new LimitTake(false, _now, Math.Max(left, 0), amount > limit ? null : WaitFor(amount - left));
            _slots[_now % Slots] += amount;
            _sum += amount;
            return new LimitTake(true, _now, left, null);
        }
    }

    private void Advance()
    {
        long second = (long)time.GetElapsedTime(_origin).TotalSeconds;
        for (long steps = Math.Min(second - _now, Slots); steps > 0; steps--)
        {
            long slot = (second - steps + 1) % Slots;
            _sum -= _slots[slot];
            _slots[slot] = 0;
        }
        _now = Math.Max(second, _now);
    }

    private TimeSpan WaitFor(long missing)
    {
        for (long second = _now - Slots + 1; second <= _now; second++)
        {
            missing -= second < 0 ? 0 : _slots[second % Slots];
            if (missing <= 0)
                return TimeSpan.FromSeconds(second + Slots) - time.GetElapsedTime(_origin);
        }
        return TimeSpan.FromSeconds(Slots);
    }
}
