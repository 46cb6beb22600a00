namespace GroqKit.Bench.Voice;

/// <summary>How long the providers of one turn take. What is subtracted is what really passed: timers come late on a busy machine.</summary>
internal sealed class Delays
{
    private long _ticks;

    public static TimeSpan Hearing { get; } = TimeSpan.FromMilliseconds(80);

    public static TimeSpan Answering { get; } = TimeSpan.FromMilliseconds(60);

    public static TimeSpan Speaking { get; } = TimeSpan.FromMilliseconds(70);

    /// <summary>All of it, up to the first sound.</summary>
    public TimeSpan Passed => TimeSpan.FromTicks(Volatile.Read(ref _ticks));

    public async Task WaitAsync(TimeSpan time, bool counts, CancellationToken cancellationToken)
    {
        long start = TimeProvider.System.GetTimestamp();
        await Task.Delay(time, TimeProvider.System, cancellationToken);
        if (counts)
            Interlocked.Add(ref _ticks, TimeProvider.System.GetElapsedTime(start).Ticks);
    }
}
