namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// What was used in the last 61 whole seconds, so that no 60 seconds, wherever they begin, are seen as less than they were. Not
/// thread-safe.
/// </summary>
internal sealed class SecondsRing(TimeProvider time)
{
    private const int Slots = 61;

    private readonly long[] _slots = new long[Slots];
    private readonly long _origin = time.GetTimestamp();
    private long _now;

    /// <summary>What was used, up to date after <see cref="Advance"/>.</summary>
    public long Sum { get; private set; }

    /// <summary>Forgets what is over.</summary>
    /// <returns>The present second, counted from the ring's beginning.</returns>
    public long Advance()
    {
        long second = (long)time.GetElapsedTime(_origin).TotalSeconds;
        for (long steps = Math.Min(second - _now, Slots); steps > 0; steps--)
        {
            long slot = (second - steps + 1) % Slots;
            Sum -= _slots[slot];
            _slots[slot] = 0;
        }
        return _now = Math.Max(second, _now);
    }

    /// <summary>Adds to a second; one that is over changes nothing.</summary>
    public void Add(long second, long amount)
    {
        if (second <= _now - Slots)
            return;
        _slots[second % Slots] += amount;
        Sum += amount;
    }

    /// <summary>When so much less than now will be counted.</summary>
    public TimeSpan WaitFor(long missing)
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
