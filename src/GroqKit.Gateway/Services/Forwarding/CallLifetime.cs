using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// How long one call to a provider may live: until the caller leaves, the gateway's grace is over, or the provider keeps silent for
/// longer than the phase allows. One timer serves all phases and is not touched per piece of the answer: it looks now and then at when
/// the present wait began, and sleeps on if that was recent.
/// </summary>
internal sealed class CallLifetime : IDisposable
{
    private const int NoReason = -1;

    private readonly CancellationTokenSource _end = new();
    private readonly TimeProvider _time;
    private readonly RequestMeter _meter;
    private readonly TimeSpan _shortest;
    private readonly ITimer _timer;
    private readonly CancellationTokenRegistration _callerGone;
    private readonly CancellationTokenRegistration _graceOver;
    private long _limit;
    private int _onSilence;
    private long _waitingSince;
    private int _reason = NoReason;

    /// <param name="time">The clock.</param>
    /// <param name="meter">Told which time is spent waiting.</param>
    /// <param name="shortest">Few waits of this call have a shorter limit; those cost one more setting of the timer.</param>
    /// <param name="callerGone">Cancelled when nobody is left to answer.</param>
    /// <param name="graceOver">Cancelled when the gateway can wait no longer.</param>
    public CallLifetime(
        TimeProvider time,
        RequestMeter meter,
        TimeSpan shortest,
        CancellationToken callerGone,
        CancellationToken graceOver
    )
    {
        _time = time;
        _meter = meter;
        _shortest = shortest;
        _timer = time.CreateTimer(
            static state => ((CallLifetime)state!).Look(),
            this,
            shortest,
            Timeout.InfiniteTimeSpan
        );
        _callerGone = callerGone.UnsafeRegister(static state => ((CallLifetime)state!).End(Outcome.ClientGone), this);
        _graceOver = graceOver.UnsafeRegister(static state => ((CallLifetime)state!).End(Outcome.Stopped), this);
    }

    /// <summary>The same for another attempt, after a provider's silence ended this one.</summary>
    public CallLifetime Again() => new(_time, _meter, _shortest, _callerGone.Token, _graceOver.Token);

    /// <summary>Cancelled when the call has to end; <see cref="Reason"/> is set before.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Why <see cref="Token"/> was cancelled.</summary>
    public Outcome? Reason => Volatile.Read(ref _reason) is var reason and not NoReason ? (Outcome)reason : null;

    /// <summary>A wait for the provider begins.</summary>
    /// <param name="limit">The longest it may take.</param>
    /// <param name="onSilence">What to call it when it takes longer.</param>
    public void BeginWait(TimeSpan limit, Outcome onSilence)
    {
        long now = _time.GetTimestamp();
        _meter.BeginWait(now);
        Volatile.Write(ref _limit, limit.Ticks);
        Volatile.Write(ref _onSilence, (int)onSilence);
        Volatile.Write(ref _waitingSince, now);
        // The timer looks no more often than that by itself.
        if (limit < _shortest)
            _timer.Change(limit + TimeSpan.FromMilliseconds(1), Timeout.InfiniteTimeSpan);
    }

    /// <summary>The caller's upload went on: the wait for the provider begins anew.</summary>
    public void Progress()
    {
        if (Volatile.Read(ref _waitingSince) != 0)
            Volatile.Write(ref _waitingSince, _time.GetTimestamp());
    }

    /// <summary>The provider sent something.</summary>
    public void EndWait()
    {
        Volatile.Write(ref _waitingSince, 0);
        _meter.EndWait(_time.GetTimestamp());
    }

    /// <summary>The error for a call that ended by <see cref="Token"/>.</summary>
    public GatewayException Explain(string provider) =>
        Reason switch
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

    /// <summary>Runs beside the call, which goes on meanwhile: acts only if what it read belongs to one wait that still lasts.</summary>
    private void Look()
    {
        long since = Volatile.Read(ref _waitingSince);
        TimeSpan left = since == 0 ? _shortest : new TimeSpan(Volatile.Read(ref _limit)) - _time.GetElapsedTime(since);
        var onSilence = (Outcome)Volatile.Read(ref _onSilence);
        if (left <= TimeSpan.Zero && Volatile.Read(ref _waitingSince) == since)
        {
            End(onSilence);
            return;
        }
        // Timers count whole milliseconds; rounding up keeps one from firing just before its time over and over.
        TimeSpan sleep = left > TimeSpan.Zero && left < _shortest ? left + TimeSpan.FromMilliseconds(1) : _shortest;
        _timer.Change(sleep, Timeout.InfiniteTimeSpan);
    }

    private void End(Outcome reason)
    {
        if (Interlocked.CompareExchange(ref _reason, (int)reason, NoReason) != NoReason)
            return;
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
