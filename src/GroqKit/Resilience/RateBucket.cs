namespace GroqKit.Resilience;

/// <summary>
/// Our copy of one limit of the server: how much is left now, and when there will be more. Times are seconds of the gate's own clock.
/// Guarded by the gate's lock.
/// </summary>
internal sealed class RateBucket(RateUnit unit, RateSource source, double periodSeconds)
{
    /// <summary>Periods over which a limit may be counted when it is not over the usual one.</summary>
    private static readonly double[] KnownPeriods = [60, 3600, 86_400];

    /// <summary>How far a reported reset may lie from an even refill and still be one.</summary>
    private const double ToleratedSeconds = 1;
    private const double ToleratedShare = 0.02;

    /// <summary>Use at an even pace makes a window look like an even refill, so that is believed only after a while.</summary>
    private const int DoubtsOnMismatch = 50;

    private int _doubts;
    private double _level;
    private double _at;

    /// <summary>When everything comes back at once; null when it comes back evenly.</summary>
    private double? _fullAt;

    public RateUnit Unit => unit;

    public RateSource Source => source;

    public double PeriodSeconds { get; private set; } = periodSeconds;

    /// <summary>0 until the limit is known.</summary>
    public double Limit { get; private set; }

    public bool IsKnown => Limit > 0;

    public double Level => _level;

    public double PerSecond => Limit / PeriodSeconds;

    /// <summary>How long until everything is there again.</summary>
    public double UntilFull(double now) => Math.Max(0, _fullAt - now ?? (Limit - _level) / PerSecond);

    /// <summary>A limit that is known by itself, full at the beginning.</summary>
    public void Fix(double limit, double level, double now)
    {
        Limit = limit;
        _level = level;
        _at = now;
        _fullAt = null;
    }

    public void Refill(double now)
    {
        double elapsed = now - _at;
        _at = now;
        if (!IsKnown || elapsed <= 0)
            return;
        if (_fullAt is null)
        {
            _level = Math.Min(Limit, _level + elapsed * PerSecond);
        }
        else if (now >= _fullAt)
        {
            _level = Limit;
            _fullAt = null;
        }
    }

    public void Take(double amount) => _level -= amount;

    public void GiveBack(double amount) => _level = Math.Min(Limit, _level + amount);

    /// <summary>Makes the level at most that.</summary>
    public void LowerTo(double level) => _level = Math.Min(_level, level);

    /// <summary>How long until <paramref name="amount"/> is there besides <paramref name="ahead"/>; what can never be there waits for a full bucket.</summary>
    public double WaitFor(double amount, double ahead, double now)
    {
        if (!IsKnown)
            return 0;
        double wanted = Math.Min(amount, Limit) + ahead;
        // Fractions add up with an error; a hair's breadth is not a reason to wait.
        if (wanted - _level <= 1e-6)
            return 0;
        if (_fullAt is not { } fullAt)
            return (wanted - _level) / PerSecond;
        return fullAt - now + (Math.Ceiling(wanted / Limit) - 1) * PeriodSeconds;
    }

    public RateLimitState State(double now) =>
        new(Unit, TimeSpan.FromSeconds(PeriodSeconds), Source, Limit, Level, TimeSpan.FromSeconds(UntilFull(now)));

    /// <summary>Takes over what an answer reported.</summary>
    /// <param name="reading">What it reported.</param>
    /// <param name="since">How long ago the call was sent; the server looked at some time between then and now.</param>
    /// <param name="unseen">The most that the server may not have counted when it looked, and will.</param>
    /// <param name="now">The time.</param>
    public void Observe(RateReading reading, double since, double unseen, double now)
    {
        bool wasKnown = IsKnown;
        Limit = reading.Limit;
        FindRhythm(reading, now);
        double left = _fullAt is null ? LeftByReset(reading) : reading.Remaining;
        double lowest = left - unseen;
        double highest = left + (_fullAt is null ? since * PerSecond : 0);
        // The only consumer's own count lies between the two; others, or a restart of the server, move it there.
        _level = wasKnown ? Math.Clamp(_level, Math.Min(lowest, highest), highest) : lowest;
        _level = Math.Min(_level, Limit);
        _at = now;
    }

    private void FindRhythm(RateReading reading, double now)
    {
        _fullAt = null;
        if (reading.Reset is not { } reset)
            return;
        double? period = FindPeriod(reading, reset.TotalSeconds);
        _doubts = period is null ? DoubtsOnMismatch : Math.Max(0, _doubts - 1);
        if (period is { } even && _doubts == 0)
            PeriodSeconds = even;
        else
            _fullAt = now + reset.TotalSeconds;
    }

    private double? FindPeriod(RateReading reading, double reset)
    {
        if (IsEven(reading, reset, PeriodSeconds))
            return PeriodSeconds;
        foreach (double period in KnownPeriods)
        {
            if (IsEven(reading, reset, period))
                return period;
        }
        return null;
    }

    // The remaining amount is a whole number, so the time of one unit is within the tolerance. A server that was asked for more than it
    // has says 0 remaining and a reset longer than the period.
    private static bool IsEven(RateReading reading, double reset, double period)
    {
        double even = (reading.Limit - reading.Remaining) / reading.Limit * period;
        double tolerated = ToleratedSeconds + Math.Min(period / reading.Limit, period / 2) + even * ToleratedShare;
        return Math.Abs(reset - even) <= tolerated || (reading.Remaining <= 0 && reset > even && reset < 2 * period);
    }

    // What is left is never reported below zero, but the reset tells.
    private double LeftByReset(RateReading reading) =>
        reading is { Remaining: <= 0, Reset: { } reset }
            ? Math.Min(0, Limit - reset.TotalSeconds * PerSecond)
            : reading.Remaining;
}
