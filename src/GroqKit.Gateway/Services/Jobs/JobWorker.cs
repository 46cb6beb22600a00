using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Jobs;

/// <summary>
/// Does jobs. A lease is renewed while its job runs; a worker that dies or is cut off loses it, and another one begins the job anew.
/// </summary>
internal sealed partial class JobWorker(
    IJobStore jobs,
    IEnumerable<IJobHandler> handlers,
    JobSignal signal,
    JobBackoff backoff,
    TimeProvider time,
    ILogger<JobWorker> logger
) : BackgroundService
{
    /// <summary>How long a job belongs to a worker that no longer says that it has it.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);

    /// <summary>How often an idle worker looks.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private const int Workers = 4;

    private static readonly TimeSpan Heartbeat = Lease / 4;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWord = TimeSpan.FromSeconds(3);

    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(handler => handler.Kind);
    private readonly string _node = $"{Environment.MachineName}/{Environment.ProcessId}";
    private int _failing;

    /// <summary>Does the job that has been due longest.</summary>
    /// <param name="owner">The worker's name, for people.</param>
    /// <param name="stopping">Breaks the job off and lets others have it.</param>
    /// <returns>False when nothing is due.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task<bool> RunOneAsync(string owner, CancellationToken stopping)
    {
        if (await jobs.LeaseAsync(owner, _handlers.Keys, Lease, stopping) is not { } job)
            return false;
        JobOutcome? outcome = await AttemptAsync(job, stopping);
        if (outcome is null)
        {
            LeaseLost(job.Kind, job.Id);
            return true;
        }
        // Also when the node stops: what was done must be known to have been done.
        using var deadline = new CancellationTokenSource(LastWord, time);
        if (!await jobs.FinishAsync(job, outcome, stopping.IsCancellationRequested ? deadline.Token : stopping))
            LeaseLost(job.Kind, job.Id);
        else if (outcome.Error is not null)
            Failed(job.Kind, job.Id, job.Attempts, job.MaxAttempts, outcome.Error);
        return true;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(1, Workers).Select(number => LoopAsync($"{_node}/{number}", stoppingToken)));

    private async Task LoopAsync(string owner, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            Task next = signal.Next();
            try
            {
                if (await RunOneAsync(owner, stopping))
                    continue;
                if (Interlocked.Exchange(ref _failing, 0) == 1)
                    Recovered();
                await signal.WaitAsync(next, Poll, stopping);
            }
            catch (Exception) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                if (Interlocked.Exchange(ref _failing, 1) == 0)
                    StoreFailed(failure.Message);
                await Task.Delay(PauseAfterFailure, time, stopping)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <returns>Null when the lease was lost meanwhile.</returns>
    private async Task<JobOutcome?> AttemptAsync(Job job, CancellationToken stopping)
    {
        using var lost = new CancellationTokenSource();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, lost.Token);
        using var done = new CancellationTokenSource();
        Task heartbeat = KeepAsync(job, lost, done.Token);
        try
        {
            return await _handlers[job.Kind].RunAsync(job, end.Token);
        }
        catch (Exception) when (lost.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            return JobOutcome.Released();
        }
        catch (JobException known)
        {
            return JobOutcome.Again(backoff.After(job.Attempts), known.Message);
        }
        catch (Exception failure)
        {
            // Its message may quote anything; the log is where such things are read.
            Unexpected(failure, job.Kind, job.Id);
            return JobOutcome.Again(backoff.After(job.Attempts), $"It failed with {failure.GetType().Name}.");
        }
        finally
        {
            await done.CancelAsync();
            await heartbeat;
        }
    }

    private async Task KeepAsync(Job job, CancellationTokenSource lost, CancellationToken done)
    {
        using var timer = new PeriodicTimer(Heartbeat, time);
        try
        {
            while (await timer.WaitForNextTickAsync(done))
            {
                try
                {
                    if (await jobs.RenewAsync(job, Lease, done))
                        continue;
                    await lost.CancelAsync();
                    return;
                }
                catch (StorageException away)
                {
                    // The next beat may get through; if none does, the lease ends by itself and the fencing token keeps order.
                    NoHeartbeat(job.Kind, job.Id, away.Message);
                }
            }
        }
        catch (OperationCanceledException) when (done.IsCancellationRequested)
        {
            // The job has ended.
        }
    }

    [LoggerMessage(40, LogLevel.Warning, "Job {Kind} {Id}, attempt {Attempt} of {Most}: {Reason}")]
    private partial void Failed(string kind, string id, int attempt, int most, string reason);

    [LoggerMessage(41, LogLevel.Error, "Job {Kind} {Id} failed unexpectedly")]
    private partial void Unexpected(Exception failure, string kind, string id);

    [LoggerMessage(42, LogLevel.Warning, "Job {Kind} {Id} went to another worker, because its lease ran out")]
    private partial void LeaseLost(string kind, string id);

    [LoggerMessage(43, LogLevel.Warning, "Job {Kind} {Id} could not renew its lease: {Reason}")]
    private partial void NoHeartbeat(string kind, string id, string reason);

    [LoggerMessage(44, LogLevel.Error, "Jobs have to wait: {Reason}")]
    private partial void StoreFailed(string reason);

    [LoggerMessage(45, LogLevel.Warning, "Jobs are done again")]
    private partial void Recovered();
}
