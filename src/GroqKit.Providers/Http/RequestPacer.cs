namespace GroqKit.Providers.Http;

/// <summary>Spaces calls out so that no more than a number a minute is sent. The first minute's calls may go at once. Safe for all threads.</summary>
internal sealed class RequestPacer(int perMinute, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly TimeSpan _interval = TimeSpan.FromMinutes(1) / perMinute;
    private readonly long _start = time.GetTimestamp();

    // When the bucket will be full again, on the clock that began with this object.
    private TimeSpan _fullAt;

    /// <summary>Takes a place, and tells how long it is off. Null: further than the caller would wait, and nothing was taken.</summary>
    public TimeSpan? TryTake(TimeSpan longest)
    {
        lock (_lock)
        {
            TimeSpan now = time.GetElapsedTime(_start);
            TimeSpan from = _fullAt > now ? _fullAt : now;
            TimeSpan wait = from + _interval - now - TimeSpan.FromMinutes(1);
            if (wait > longest)
                return null;
            _fullAt = from + _interval;
            return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
        }
    }
}
