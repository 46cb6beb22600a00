using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Sees to it that every background task has its job. Any number of nodes may do so at once.</summary>
internal sealed partial class SyncScheduler(
    IJobStore jobs,
    IEnumerable<IJobHandler> handlers,
    TimeProvider time,
    ILogger<SyncScheduler> logger
) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool failing = false;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                foreach (SyncJob job in handlers.OfType<SyncJob>())
                    await jobs.EnqueueAsync(job.Request(), stoppingToken);
                return;
            }
            catch (StorageException away)
            {
                if (!failing)
                    Failed(away.Message);
                failing = true;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(60, LogLevel.Error, "Background tasks can't be scheduled yet: {Reason}")]
    private partial void Failed(string reason);
}
