namespace GroqKit.TestKit;

/// <summary>
/// A clock that goes with the system's, but only while this process gets to run: a machine that stands still takes none of its time, and one
/// that is too busy takes less. For deadlines that are to pass by themselves for one who hangs, and must not for one who answers.
/// Thread-safe.
/// </summary>
public sealed class LivedTimeProvider : TimeProvider, IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // What is more than this between two ticks was not lived through.
    private static readonly TimeSpan LongestTick = 2 * Tick;

    private readonly Lock _gate = new();
    private readonly List<LivedTimer> _timers = [];
    private readonly CancellationTokenSource _end = new();
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private TimeSpan _lived;
    private long _ticked = System.GetTimestamp();

    public LivedTimeProvider()
    {
        // On the threads that all others need too: where they are scarce, this clock waits for one.
        CancellationToken end = _end.Token;
        _ = Task.Run(() => TickAsync(end));
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp()
    {
        lock (_gate)
            return Now().Ticks;
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _start + Now();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LivedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Stops the clock; what waits for it waits for ever.</summary>
    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }

    private async Task TickAsync(CancellationToken end)
    {
        while (true)
        {
            await Task.Delay(Tick, System, end).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (end.IsCancellationRequested)
                return;
            foreach (LivedTimer timer in Pass())
                timer.Fire();
        }
    }

    private LivedTimer[] Pass()
    {
        lock (_gate)
        {
            _lived = Now();
            _ticked = System.GetTimestamp();
            LivedTimer[] due = [.. _timers.Where(timer => timer.Due <= _lived).OrderBy(timer => timer.Due)];
            foreach (LivedTimer timer in due)
            {
                if (timer.Period > TimeSpan.Zero)
                    timer.Due = _lived + timer.Period;
                else
                    _timers.Remove(timer);
            }
            return due;
        }
    }

    private TimeSpan Now()
    {
        TimeSpan passed = System.GetElapsedTime(_ticked);
        return _lived + (passed < LongestTick ? passed : LongestTick);
    }

    private void Arm(LivedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _timers.Remove(timer);
            if (dueTime < TimeSpan.Zero)
                return;
            timer.Due = Now() + dueTime;
            timer.Period = period;
            _timers.Add(timer);
        }
    }

    private void Disarm(LivedTimer timer)
    {
        lock (_gate)
            _timers.Remove(timer);
    }

    private sealed class LivedTimer(LivedTimeProvider owner, TimerCallback callback, object? state) : ITimer
    {
        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; set; }

        // Not on the clock's own thread: one who takes long holds up nobody else.
        public void Fire() => ThreadPool.QueueUserWorkItem(_ => callback(state));

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            owner.Arm(this, dueTime, period);
            return true;
        }

        public void Dispose() => owner.Disarm(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
