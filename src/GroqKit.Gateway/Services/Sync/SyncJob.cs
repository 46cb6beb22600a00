using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>
/// Runs one background task. There is one job of each task for all nodes and all time, which waits for its next turn when it has
/// ended: so exactly one node runs it, and never two at once.
/// </summary>
internal sealed class SyncJob(ISyncTask task, ISyncStore store, JobBackoff backoff, TimeProvider time) : IJobHandler
{
    private const string Prefix = "sync.";
    private const string Only = "only";

    public string Kind => KindOf(task.Name);

    public static string KindOf(string task) => Prefix + task;

    /// <summary>The task's job, due after one interval: nodes that start are not a reason to ask every provider.</summary>
    public JobRequest Request() =>
        new(Tenants.Home, Kind, "{}")
        {
            UniqueKey = Only,
            DueAt = time.GetUtcNow() + task.Interval,
            // It never ends, so no number of failures ends it.
            MaxAttempts = int.MaxValue,
        };

    public async Task<JobOutcome> RunAsync(Job job, CancellationToken cancellationToken)
    {
        DateTimeOffset began = time.GetUtcNow();
        SyncResult result;
        try
        {
            result = await task.RunAsync(cancellationToken);
        }
        catch (JobException failure)
        {
            TimeSpan wait = backoff.After(job.Attempts);
            return JobOutcome.Again(wait < task.Interval ? wait : task.Interval, failure.Message);
        }
        JobEffect record = store.Record(task.Name, began, result.Summary);
        return JobOutcome.Recur(
            task.Interval,
            async (transaction, cancelled) =>
            {
                if (result.Effect is { } effect)
                    await effect(transaction, cancelled);
                await record(transaction, cancelled);
            }
        );
    }
}
