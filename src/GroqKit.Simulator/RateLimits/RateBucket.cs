namespace GroqKit.Simulator.RateLimits;

/// <summary>
/// One limit that refills evenly over its window, which is how Groq's reset values behave: a thousand requests a day and one used
/// gives <c>1m26.4s</c>. Not safe for use from several threads; the account's lock guards it.
/// </summary>
internal sealed class RateBucket(RateLimitKind kind, int limit, TimeProvider time)
{
    private readonly double _perSecond = limit / kind.Window.TotalSeconds;
    private double _used;
    private long _at = time.GetTimestamp();

    public RateLimitKind Kind => kind;

    public int Limit => limit;

    public int Used => (int)Math.Ceiling(_used);

    public int Remaining => Math.Max(0, (int)Math.Floor(limit - _used));

    /// <summary>Until nothing counts as used any more.</summary>
    public TimeSpan Reset => Seconds(_used / _perSecond);

    public void Refill()
    {
        long now = time.GetTimestamp();
        _used = Math.Max(0, _used - time.GetElapsedTime(_at, now).TotalSeconds * _perSecond);
        _at = now;
    }

    /// <summary>How long until <paramref name="amount"/> fits; zero when it fits now.</summary>
    public TimeSpan WaitFor(int amount)
    {
        double missing = _used + amount - limit;
        // Refilling is counted in fractions; a hair's breadth is not a reason to refuse.
        return missing <= 1e-6 ? TimeSpan.Zero : Seconds(missing / _perSecond);
    }

    public void Take(int amount) => _used += amount;

    private static TimeSpan Seconds(double seconds) =>
        TimeSpan.FromTicks((long)Math.Ceiling(Math.Round(seconds * TimeSpan.TicksPerSecond, 3)));
}
