namespace GroqKit.Resilience;

/// <summary>
/// Closed → open after failures in a row → half-open after a while, one trial at a time → closed after enough trials that worked.
/// Safe for all threads; while the circuit is closed and all is well, no lock is taken.
/// </summary>
/// <remarks>
/// Every change of state starts a new era. The report of a call that began in an earlier era is dropped, so that late failures
/// of calls begun before the circuit opened neither open it again nor lengthen the wait.
/// </remarks>
internal sealed class CircuitBreaker
{
    private const int StateBits = 2;
    private const long StateMask = (1 << StateBits) - 1;

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly bool _enabled;
    private readonly int _failuresToOpen;
    private readonly int _successesToClose;
    private readonly TimeSpan _openDuration;
    private readonly TimeSpan _trialLease;

    /// <summary>The number of the era, and below it the state.</summary>
    private long _era;
    private int _failures;
    private int _successes;
    private long _openedAt;
    private int _trial;
    private bool _trialRuns;
    private long _trialStartedAt;

    public CircuitBreaker(CircuitBreakerOptions options, TimeProvider time)
    {
        _time = time;
        _enabled = options.Enabled;
        _failuresToOpen = options.FailuresToOpen;
        _successesToClose = options.SuccessesToClose;
        _openDuration = options.OpenDuration;
        _trialLease = options.TrialLease;
    }

    public CircuitState State => StateOf(Volatile.Read(ref _era));

    public CircuitStatus Status
    {
        get
        {
            lock (_gate)
            {
                CircuitState state = StateOf(_era);
                return new(
                    state,
                    state is CircuitState.Closed ? _failures : 0,
                    state is CircuitState.HalfOpen ? _successes : 0,
                    state is CircuitState.Open ? UntilTrial() : null
                );
            }
        }
    }

    /// <summary>Whether <see cref="TryEnter"/> would have let a call pass just now; changes nothing.</summary>
    public bool MayEnter(out TimeSpan? retryAfter)
    {
        retryAfter = null;
        if (State is CircuitState.Closed)
            return true;
        lock (_gate)
            return MayEnterSlowly(out retryAfter);
    }

    /// <summary>Asks to make a call.</summary>
    /// <param name="permit">Comes back through <see cref="Report"/> when the call has ended; a stream ends with its last byte.</param>
    /// <param name="retryAfter">When refused: how long until a trial is let through; null when one is running.</param>
    public bool TryEnter(out CircuitPermit permit, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        long era = Volatile.Read(ref _era);
        if (StateOf(era) is CircuitState.Closed)
        {
            permit = new(era, Trial: 0);
            return true;
        }
        lock (_gate)
        {
            bool may = MayEnterSlowly(out retryAfter);
            permit = may ? EnterSlowly() : default;
            return may;
        }
    }

    /// <summary>A permitted call has ended.</summary>
    public void Report(CircuitPermit permit, CircuitOutcome outcome)
    {
        if (permit.Era != Volatile.Read(ref _era) || !_enabled)
            return;
        if (permit.Trial == 0 && (outcome is not CircuitOutcome.Failure && Volatile.Read(ref _failures) == 0))
            return;
        lock (_gate)
        {
            if (permit.Era != _era)
                return;
            if (permit.Trial == 0)
                ReportCall(outcome);
            else
                ReportTrial(permit.Trial, outcome);
        }
    }

    /// <summary>Closes the circuit and forgets all failures, also those of calls still running.</summary>
    public void Reset()
    {
        lock (_gate)
            Enter(CircuitState.Closed);
    }

    private static CircuitState StateOf(long era) => (CircuitState)(era & StateMask);

    private bool MayEnterSlowly(out TimeSpan? retryAfter)
    {
        retryAfter = null;
        switch (StateOf(_era))
        {
            case CircuitState.Open when UntilTrial() is var wait && wait > TimeSpan.Zero:
                retryAfter = wait;
                return false;
            case CircuitState.HalfOpen:
                return !_trialRuns || _time.GetElapsedTime(_trialStartedAt) >= _trialLease;
            default:
                return true;
        }
    }

    private CircuitPermit EnterSlowly()
    {
        CircuitState state = StateOf(_era);
        if (state is CircuitState.Closed)
            return new(_era, Trial: 0);
        if (state is CircuitState.Open)
            Enter(CircuitState.HalfOpen);
        _trialRuns = true;
        _trialStartedAt = _time.GetTimestamp();
        return new(_era, ++_trial);
    }

    private void ReportCall(CircuitOutcome outcome)
    {
        if (outcome is CircuitOutcome.Success)
            _failures = 0;
        else if (outcome is CircuitOutcome.Failure && ++_failures >= _failuresToOpen)
            Enter(CircuitState.Open);
    }

    private void ReportTrial(int trial, CircuitOutcome outcome)
    {
        // A trial that outlived its lease still tells the truth about the provider, but no longer holds the door.
        if (trial == _trial)
            _trialRuns = false;
        if (outcome is CircuitOutcome.Failure)
            Enter(CircuitState.Open);
        else if (outcome is CircuitOutcome.Success && ++_successes >= _successesToClose)
            Enter(CircuitState.Closed);
    }

    private void Enter(CircuitState state)
    {
        _failures = 0;
        _successes = 0;
        _trial = 0;
        _trialRuns = false;
        if (state is CircuitState.Open)
            _openedAt = _time.GetTimestamp();
        Volatile.Write(ref _era, (((_era >> StateBits) + 1) << StateBits) | (long)state);
    }

    private TimeSpan UntilTrial()
    {
        TimeSpan left = _openDuration - _time.GetElapsedTime(_openedAt);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }
}
