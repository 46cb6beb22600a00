namespace GroqKit.Providers.Fallback;

/// <summary>
/// Cancels an attempt that makes no progress in time. Each wait has its own deadline; while nobody waits nothing can expire, so that a slow
/// reader is not taken for a slow provider. Moving the deadline costs one look at the clock, no timer call.
/// </summary>
internal sealed class ProgressWatch : IDisposable
{
    private const long Never = long.MaxValue;

    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _source;
    private ITimer? _timer;
    private long _timerDue = Never;
    private long _deadline = Never;
    private bool _disposed;

    public ProgressWatch(TimeProvider time, CancellationToken caller)
    {
        _time = time;
        _source = CancellationTokenSource.CreateLinkedTokenSource(caller);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>Whether a deadline passed, as opposed to the caller leaving.</summary>
    public bool Expired { get; private set; }

    /// <summary>Begins a wait.</summary>
    public void Arm(TimeSpan within)
    {
        long deadline = _time.GetTimestamp() + (long)(within.TotalSeconds * _time.TimestampFrequency);
        Volatile.Write(ref _deadline, deadline);
        if (deadline < Volatile.Read(ref _timerDue))
            Schedule(deadline, within);
    }

    /// <summary>Ends a wait.</summary>
    public void Disarm() => Volatile.Write(ref _deadline, Never);

    public void Cancel()
    {
        lock (_source)
        {
            if (!_disposed)
                _source.Cancel();
        }
    }

    public void Dispose()
    {
        lock (_source)
        {
            if (_disposed)
                return;
            _disposed = true;
            _timer?.Dispose();
            _source.Dispose();
        }
    }

    private void Schedule(long due, TimeSpan within)
    {
        lock (_source)
        {
            if (_disposed)
                return;
            Volatile.Write(ref _timerDue, due);
            if (_timer is null)
                _timer = _time.CreateTimer(OnTimer, this, within, Timeout.InfiniteTimeSpan);
            else
                _timer.Change(within, Timeout.InfiniteTimeSpan);
        }
    }

    private static void OnTimer(object? watch) => ((ProgressWatch)watch!).OnTimer();

    private void OnTimer()
    {
        lock (_source)
        {
            if (_disposed)
                return;
            long deadline = Volatile.Read(ref _deadline);
            Volatile.Write(ref _timerDue, Never);
            if (deadline == Never)
                return;
            TimeSpan left = _time.GetElapsedTime(_time.GetTimestamp(), deadline);
            if (left > TimeSpan.Zero)
            {
                Volatile.Write(ref _timerDue, deadline);
                _timer!.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
            Expired = true;
            _source.Cancel();
        }
    }
}
