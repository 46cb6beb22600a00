using System.Collections.Concurrent;

namespace GroqKit.Providers.Health;

/// <summary>
/// Brings back what is passed over: closed lanes are probed with small requests of our own, never with a caller's, at waits that double.
/// One loop for a process.
/// </summary>
public sealed class HealthMonitor
{
    private readonly ILaneSource _lanes;
    private readonly HealthOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<HealthLane, ProbePlan> _plans = new();

    internal HealthMonitor(ILaneSource lanes, HealthOptions options, TimeProvider time)
    {
        _lanes = lanes;
        _options = options;
        _time = time;
    }

    /// <summary>The health of everything that was used so far.</summary>
    public IReadOnlyList<LaneHealth> Report() => [.. _lanes.All.Select(Describe)];

    /// <summary>Looks for what needs a probe, until cancelled.</summary>
    /// <param name="cancellationToken">Ends the loop without an error.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(_options.Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                await ProbeDueAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Asked to end.
        }
    }

    /// <summary>Probes what is due now, all at once, and waits for the outcome.</summary>
    /// <param name="cancellationToken">Ends the probes.</param>
    public Task ProbeDueAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_lanes.All.Where(IsDue).Select(lane => ProbeAsync(lane, cancellationToken)));

    private bool IsDue(HealthLane lane)
    {
        if (!lane.IsEnabled)
            return false;
        if (lane.IsOpen)
        {
            _plans.TryRemove(lane, out _);
            return lane.SinceTraffic >= _options.ProbeIdleAfter;
        }
        ProbePlan plan = _plans.GetOrAdd(lane, _ => new ProbePlan(_time.GetTimestamp(), _options.FirstProbe));
        return _time.GetElapsedTime(plan.Since) >= plan.Wait;
    }

    private async Task ProbeAsync(HealthLane lane, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.ProbeTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        bool worked = await IsHealthyAsync(lane, both.Token).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        lane.NoteProbe();
        if (worked)
        {
            lane.Recover();
            _plans.TryRemove(lane, out _);
            return;
        }
        TimeSpan wait = _plans.TryGetValue(lane, out ProbePlan? plan) ? plan.Wait * 2 : _options.FirstProbe;
        if (wait > _options.LongestWait)
            wait = _options.LongestWait;
        _plans[lane] = new ProbePlan(_time.GetTimestamp(), wait);
    }

    private static async Task<bool> IsHealthyAsync(HealthLane lane, CancellationToken cancellationToken)
    {
        try
        {
            return await lane.WorksAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static LaneHealth Describe(HealthLane lane)
    {
        LaneRefusal? refusal = lane.FindRefusal();
        LaneError? error = lane.LastError;
        return new LaneHealth(
            lane.Key.Provider,
            lane.Key.Service,
            lane.Key.Model,
            lane.Key.Connection,
            StatusOf(lane, refusal),
            lane.Circuit,
            lane.Latency
        )
        {
            Reason = refusal?.Reason,
            RetryAfter = refusal?.RetryAfter,
            LastFailure = error?.Failure,
            LastError = error?.Message,
            Idle = lane.SinceTraffic,
        };
    }

    private static HealthStatus StatusOf(HealthLane lane, LaneRefusal? refusal)
    {
        if (!lane.IsEnabled)
            return HealthStatus.Disabled;
        if (refusal is not null)
            return HealthStatus.Down;
        if (lane.FailuresInRow > 0 || lane.Availability() is LaneAvailability.NearlyUsedUp)
            return HealthStatus.Degraded;
        return lane.HasSucceeded ? HealthStatus.Healthy : HealthStatus.Unknown;
    }

    private sealed record ProbePlan(long Since, TimeSpan Wait);
}
