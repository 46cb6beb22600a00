namespace GroqKit.Providers.Http;

/// <summary>Spaces calls out so that no more than a number a minute is sent. The first minute's calls may go at once. Safe for all threads.</summary>
internal sealed class RequestPacer(int perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = TimeSpan.FromMinutes(1) / perMinute;
    private readonly long _start = time.GetTimestamp();

    // When the bucket will be full again, on the clock that began with this object.
    private TimeSpan _fullAt;

    /// <summary>How far the next place is off.</summary>
    public TimeSpan Wait
    {
        get
        {
            lock (_lock)
                return NextPlace().Wait;
        }
    }

    /// <summary>Takes a place, and tells how long it is off. Null: further than the caller would wait, and nothing was taken.</summary>
    public TimeSpan? TryTake(TimeSpan longest)
    {
        lock (_lock)
        {
            var (wait, fullAt) = NextPlace();
            if (wait > longest)
                return null;
            _fullAt = fullAt;
            return wait;
        }
    }

    private (TimeSpan Wait, TimeSpan FullAt) NextPlace()
    {
        TimeSpan now = time.GetElapsedTime(_start);
        TimeSpan fullAt = (_fullAt > now ? _fullAt : now) + _interval;
        TimeSpan wait = fullAt - now - TimeSpan.FromMinutes(1);
        return (wait > TimeSpan.Zero ? wait : TimeSpan.Zero, fullAt);
    }
}
