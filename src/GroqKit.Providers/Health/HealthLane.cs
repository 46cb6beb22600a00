using GroqKit.Resilience;
using GroqKit.Telemetry;

namespace GroqKit.Providers.Health;

/// <summary>
/// The health of one model behind one key at one address: circuit, pauses, latencies, last error. Kept this fine because a bad key must not
/// close a provider for everyone, nor a slow model its quick neighbours. Safe for all threads; a healthy call takes no lock.
/// </summary>
internal abstract class HealthLane
{
    private static readonly TimeSpan ConditionAge = TimeSpan.FromMilliseconds(250);

    private readonly LaneOptions _options;
    private readonly TimeProvider _time;
    private readonly CircuitBreaker _circuit;
    private readonly LatencyTracker _latency;

    private long _pausedUntil = long.MinValue;
    private ProviderFailure _pauseReason;
    private long _lastTraffic;
    private long _lastSuccess = long.MinValue;
    private long _conditionAt = long.MinValue;
    private ProviderCondition _condition = ProviderCondition.Unknown;
    private LaneError? _lastError;
    private int _failuresInRow;

    protected HealthLane(LaneKey key, LaneOptions options, TimeProvider time)
    {
        Key = key;
        _options = options;
        _time = time;
        _circuit = new CircuitBreaker(options.Circuit, time);
        _latency = new LatencyTracker(options.LatencySamples);
        _lastTraffic = time.GetTimestamp();
    }

    public LaneKey Key { get; }

    /// <summary>False when it is switched off: it is neither asked nor probed.</summary>
    public abstract bool IsEnabled { get; }

    public LatencySummary Latency => _latency.Summary;

    public CircuitState Circuit => _circuit.State;

    public LaneError? LastError => Volatile.Read(ref _lastError);

    public int FailuresInRow => Volatile.Read(ref _failuresInRow);

    public TimeSpan SinceTraffic => _time.GetElapsedTime(Volatile.Read(ref _lastTraffic));

    public bool HasSucceeded => Volatile.Read(ref _lastSuccess) != long.MinValue;

    /// <summary>The middle latency up to the first output in milliseconds, as of the last <see cref="Observe"/>; null before a call.</summary>
    public double? Median { get; private set; }

    /// <summary>Whether calls go through without being a trial: nothing is open, half open or paused.</summary>
    public bool IsOpen => _circuit.State is CircuitState.Closed && PauseLeft() is null;

    /// <summary>Asks whether the service works, with the smallest request of our own that tells; does not raise the provider's failures.</summary>
    public abstract Task<bool> WorksAsync(CancellationToken cancellationToken);

    /// <summary>Looks whether a call would go through; changes nothing.</summary>
    public LaneAvailability Availability()
    {
        if (FindRefusal() is not null)
            return LaneAvailability.Closed;
        return IsNearlyUsedUp(Observe().Limits) ? LaneAvailability.NearlyUsedUp : LaneAvailability.Open;
    }

    /// <summary>Why a call would not go through; null when it would.</summary>
    public LaneRefusal? FindRefusal()
    {
        if (PauseLeft() is { } left)
            return new($"paused after {Name(_pauseReason)}", _pauseReason, left);
        if (!_circuit.MayEnter(out TimeSpan? retryAfter))
            return new("circuit open", LastError?.Failure ?? ProviderFailure.Server, retryAfter);
        return null;
    }

    /// <summary>Asks to make a call. What is let in comes back through one of the three reports below.</summary>
    public LaneRefusal? TryEnter(out LaneEntry entry)
    {
        entry = default;
        if (PauseLeft() is { } left)
            return new($"paused after {Name(_pauseReason)}", _pauseReason, left);
        if (!_circuit.TryEnter(out CircuitPermit permit, out TimeSpan? retryAfter))
            return new("circuit open", LastError?.Failure ?? ProviderFailure.Server, retryAfter);
        long now = _time.GetTimestamp();
        Volatile.Write(ref _lastTraffic, now);
        entry = new(permit, now);
        return null;
    }

    /// <summary>Makes a call whatever the lane says, because nobody else is there to be asked.</summary>
    public LaneEntry Force()
    {
        if (TryEnter(out LaneEntry entry) is null)
            return entry;
        long now = _time.GetTimestamp();
        Volatile.Write(ref _lastTraffic, now);
        return new(default, now);
    }

    /// <summary>The call ended well.</summary>
    public void Succeed(LaneEntry entry, TimeSpan? firstOutput, double? tokensPerSecond = null)
    {
        _circuit.Report(entry.Permit, CircuitOutcome.Success);
        _latency.Add(firstOutput, _time.GetElapsedTime(entry.StartedAt), tokensPerSecond);
        Volatile.Write(ref _lastSuccess, _time.GetTimestamp());
        if (_failuresInRow != 0)
            Volatile.Write(ref _failuresInRow, 0);
    }

    /// <summary>The call failed.</summary>
    public void Fail(LaneEntry entry, LaneError error)
    {
        _circuit.Report(entry.Permit, FailureRules.OutcomeOf(error.Failure));
        if (!FailureRules.IsAboutTheProvider(error.Failure))
            return;
        Volatile.Write(ref _lastError, error);
        Interlocked.Increment(ref _failuresInRow);
        switch (error.Failure)
        {
            case ProviderFailure.RateLimited:
                Pause(error.RetryAfter ?? _options.RateLimitPause, error.Failure);
                break;
            case ProviderFailure.Overloaded when error.RetryAfter is { } asked:
                Pause(asked, error.Failure);
                break;
            case ProviderFailure.Authentication
            or ProviderFailure.Permission
            or ProviderFailure.QuotaExhausted
            or ProviderFailure.ModelUnavailable:
                Pause(_options.RefusedKeyPause, error.Failure);
                break;
        }
    }

    /// <summary>The call says nothing about the provider: its caller left, or another was quicker.</summary>
    public void Abandon(LaneEntry entry) => _circuit.Report(entry.Permit, CircuitOutcome.Neutral);

    /// <summary>A probe was sent: the lane is not idle.</summary>
    public void NoteProbe() => Volatile.Write(ref _lastTraffic, _time.GetTimestamp());

    /// <summary>A probe of our own worked: what kept calls away is over.</summary>
    public void Recover()
    {
        Volatile.Write(ref _pausedUntil, long.MinValue);
        Volatile.Write(ref _failuresInRow, 0);
        _circuit.Reset();
    }

    /// <summary>What the provider's own traffic tells, asked for at most four times a second: the answer costs a sort.</summary>
    public ProviderCondition Observe()
    {
        long now = _time.GetTimestamp();
        long at = Volatile.Read(ref _conditionAt);
        if (at != long.MinValue && _time.GetElapsedTime(at, now) < ConditionAge)
            return Volatile.Read(ref _condition);
        Volatile.Write(ref _conditionAt, now);
        ProviderCondition condition = ObserveNow();
        Volatile.Write(ref _condition, condition);
        LatencySummary latency = _latency.Summary;
        Median = latency.FirstTokenMilliseconds?.P50 ?? latency.TotalMilliseconds?.P50;
        return condition;
    }

    /// <summary>The same, asked anew.</summary>
    protected abstract ProviderCondition ObserveNow();

    private bool IsNearlyUsedUp(IReadOnlyList<RateLimitState> limits)
    {
        foreach (RateLimitState limit in limits)
        {
            if (limit.Remaining < limit.Limit * _options.NearlyUsedUp)
                return true;
        }
        return false;
    }

    private TimeSpan? PauseLeft()
    {
        long until = Volatile.Read(ref _pausedUntil);
        if (until == long.MinValue)
            return null;
        TimeSpan left = _time.GetElapsedTime(_time.GetTimestamp(), until);
        return left > TimeSpan.Zero ? left : null;
    }

    private void Pause(TimeSpan length, ProviderFailure reason)
    {
        long until = _time.GetTimestamp() + (long)(length.TotalSeconds * _time.TimestampFrequency);
        // A shorter wait that arrives late does not shorten a longer one.
        if (until <= Volatile.Read(ref _pausedUntil))
            return;
        _pauseReason = reason;
        Volatile.Write(ref _pausedUntil, until);
    }

    private static string Name(ProviderFailure failure) =>
        failure switch
        {
            ProviderFailure.RateLimited => "a rate limit",
            ProviderFailure.Overloaded => "overload",
            ProviderFailure.QuotaExhausted => "an exhausted quota",
            ProviderFailure.ModelUnavailable => "an unknown model",
            _ => "a refused key",
        };
}
