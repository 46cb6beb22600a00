using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// How long one call to a provider may live: until the caller leaves, the gateway's grace is over, or the provider keeps silent for
/// longer than the phase allows. One timer serves all phases and is not touched per piece of the answer; it looks at when the
/// present wait began and sleeps on if that was recent.
/// </summary>
internal sealed class CallLifetime : IDisposable
{
    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly RequestMeter _meter;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _callerGone;
    private readonly CancellationTokenRegistration _graceOver;
    private readonly Lock _gate = new();
    private TimeSpan _limit;
    private Outcome _onSilence;
    private long _waitingSince;
    private bool _waiting;
    private bool _armed;
    private Outcome? _reason;

    public CallLifetime(
        TimeProvider time,
        RequestMeter meter,
        CancellationToken callerGone,
        CancellationToken graceOver
    )
    {
        _time = time;
        _meter = meter;
        _timer = time.CreateTimer(
            static state => ((CallLifetime)state!).Look(),
            this,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        _callerGone = callerGone.UnsafeRegister(static state => ((CallLifetime)state!).End(Outcome.ClientGone), this);
        _graceOver = graceOver.UnsafeRegister(static state => ((CallLifetime)state!).End(Outcome.Stopped), this);
    }

    /// <summary>Cancelled when the call has to end; <see cref="Reason"/> is set before.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Why <see cref="Token"/> was cancelled.</summary>
    public Outcome? Reason => _reason;

    /// <summary>A wait for the provider begins.</summary>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="onSilence">What to call it when it takes longer.</param>
    public void BeginWait(TimeSpan limit, Outcome onSilence)
    {
        _meter.BeginWait();
        lock (_gate)
        {
            bool shorter = limit < _limit;
            _limit = limit;
            _onSilence = onSilence;
            _waitingSince = _time.GetTimestamp();
            _waiting = true;
            if (_armed && !shorter)
                return;
            _armed = true;
            _timer.Change(limit, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>The provider sent something.</summary>
    public void EndWait()
    {
        _meter.EndWait();
        lock (_gate)
            _waiting = false;
    }

    /// <summary>The error for a call that ended by <see cref="Token"/>.</summary>
    public GatewayException Explain(string provider) =>
        _reason switch
        {
            Outcome.HeadersTimeout => UpstreamErrors.HeadersTimeout(provider),
            Outcome.IdleTimeout => UpstreamErrors.IdleTimeout(provider),
            Outcome.Stopped => UpstreamErrors.Stopping(),
            _ => UpstreamErrors.CallerLeft(),
        };

    public void Dispose()
    {
        _timer.Dispose();
        _callerGone.Dispose();
        _graceOver.Dispose();
        _end.Dispose();
    }

    private void Look()
    {
        lock (_gate)
        {
            _armed = false;
            if (!_waiting)
                return;
            TimeSpan left = _limit - _time.GetElapsedTime(_waitingSince);
            if (left > TimeSpan.Zero)
            {
                _armed = true;
                // Timers count whole milliseconds; rounding up keeps one from firing just before its time over and over.
                _timer.Change(left + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
                return;
            }
        }
        End(_onSilence);
    }

    private void End(Outcome reason)
    {
        lock (_gate)
        {
            if (_reason is not null)
                return;
            _reason = reason;
        }
        try
        {
            _end.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The call ended by itself in the same moment.
        }
    }
}
