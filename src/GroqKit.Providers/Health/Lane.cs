using GroqKit.Resilience;
using GroqKit.Telemetry;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Health;

/// <summary>
/// The health of one model behind one key at one address: circuit, pauses, latencies, last error. Kept this fine because a bad key must not
/// close a provider for everyone, nor a slow model its quick neighbours. Safe for all threads; a healthy call takes no lock.
/// </summary>
internal sealed class Lane
{
    private static readonly TimeSpan ConditionAge = TimeSpan.FromMilliseconds(250);

    private readonly LaneOptions _options;
    private readonly TimeProvider _time;
    private readonly CircuitBreaker _circuit;
    private readonly LatencyTracker _latency;
    private readonly IProvider _provider;

    private long _pausedUntil = long.MinValue;
    private ProviderFailure _pauseReason;
    private long _lastTraffic;
    private long _lastSuccess = long.MinValue;
    private long _conditionAt = long.MinValue;
    private ProviderCondition _condition = ProviderCondition.Unknown;
    private ProviderException? _lastError;
    private int _failuresInRow;

    public Lane(LaneKey key, IProvider provider, ProviderConnection connection, LaneOptions options, TimeProvider time)
    {
        Key = key;
        Connection = connection;
        _provider = provider;
        _options = options;
        _time = time;
        _circuit = new CircuitBreaker(options.Circuit, time);
        _latency = new LatencyTracker(options.LatencySamples);
        _lastTraffic = time.GetTimestamp();
    }

    public LaneKey Key { get; }

    public ProviderConnection Connection { get; }

    public IProvider Provider => _provider;

    public LatencySummary Latency => _latency.Summary;

    public CircuitState Circuit => _circuit.State;

    public ProviderException? LastError => Volatile.Read(ref _lastError);

    public int FailuresInRow => Volatile.Read(ref _failuresInRow);

    public TimeSpan SinceTraffic => _time.GetElapsedTime(Volatile.Read(ref _lastTraffic));

    public bool HasSucceeded => Volatile.Read(ref _lastSuccess) != long.MinValue;

    /// <summary>The middle latency up to the first output in milliseconds, as of the last <see cref="Observe"/>; null before a call.</summary>
    public double? Median { get; private set; }

    /// <summary>Chat with this model behind this key, made once: clients share the provider's connections.</summary>
    public IChatClient Chat => field ??= _provider.CreateChatClient(Key.Model, Connection);

    /// <inheritdoc cref="Chat"/>
    public ISpeechToTextClient SpeechToText => field ??= _provider.CreateSpeechToTextClient(Key.Model, Connection);

    /// <inheritdoc cref="Chat"/>
    public ITextToSpeechClient TextToSpeech => field ??= _provider.CreateTextToSpeechClient(Key.Model, Connection);

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
    public void Fail(LaneEntry entry, ProviderException error)
    {
        _circuit.Report(entry.Permit, OutcomeOf(error.Failure));
        if (!IsAboutTheProvider(error.Failure))
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
        ProviderCondition condition = _provider.Observe(Key.Service, Key.Model, Connection);
        Volatile.Write(ref _condition, condition);
        LatencySummary latency = _latency.Summary;
        Median = latency.FirstTokenMilliseconds?.P50 ?? latency.TotalMilliseconds?.P50;
        return condition;
    }

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

    private static CircuitOutcome OutcomeOf(ProviderFailure failure) =>
        failure switch
        {
            ProviderFailure.Refused
            or ProviderFailure.Network
            or ProviderFailure.Timeout
            or ProviderFailure.Overloaded
            or ProviderFailure.Server
            or ProviderFailure.StreamCut
            or ProviderFailure.Malformed => CircuitOutcome.Failure,
            ProviderFailure.RateLimited => CircuitOutcome.Neutral,
            _ => CircuitOutcome.Success,
        };

    private static bool IsAboutTheProvider(ProviderFailure failure) =>
        failure
            is not (ProviderFailure.CallerMistake or ProviderFailure.ContentFilter or ProviderFailure.ContextLength);

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
