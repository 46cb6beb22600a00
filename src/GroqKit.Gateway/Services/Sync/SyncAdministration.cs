using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Shows background tasks and runs them now. They are the operator's: other tenants have none.</summary>
internal sealed class SyncAdministration(
    IEnumerable<ISyncTask> tasks,
    ISyncStore store,
    JobSignal signal,
    TimeProvider time
)
{
    private const string Unscheduled = "unscheduled";

    private readonly ISyncTask[] _tasks = [.. tasks.OrderBy(task => task.Name, StringComparer.Ordinal)];

    public async Task<IReadOnlyList<SyncView>> ListAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (actor.Tenant != Tenants.Home)
            return [];
        IReadOnlyDictionary<string, Job> jobs = await store.JobsAsync(cancellationToken);
        IReadOnlyDictionary<string, SyncRun> runs = await store.RunsAsync(cancellationToken);
        return
        [
            .. _tasks.Select(task =>
                View(task, jobs.GetValueOrDefault(SyncJob.KindOf(task.Name)), runs.GetValueOrDefault(task.Name))
            ),
        ];
    }

    /// <exception cref="GatewayException">There is none.</exception>
    public async Task<SyncView> GetAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        (await ListAsync(actor, cancellationToken)).FirstOrDefault(task => task.Name == name)
        ?? throw RequestErrors.NotFound("background task", name);

    /// <summary>Makes a task due now.</summary>
    /// <exception cref="GatewayException">There is none, or it runs already.</exception>
    public async Task<SyncView> RunAsync(Actor actor, string name, CancellationToken cancellationToken)
    {
        await GetAsync(actor, name, cancellationToken);
        var change = new Change(
            time.GetUtcNow(),
            actor.Tenant,
            actor.Key.Id,
            "sync.run",
            $"sync/{name}",
            "{}",
            actor.RequestId
        );
        if (!await store.HurryAsync(SyncJob.KindOf(name), change, cancellationToken))
            throw RequestErrors.NotEnded("background task", name);
        signal.Raise();
        return await GetAsync(actor, name, cancellationToken);
    }

    private static SyncView View(ISyncTask task, Job? job, SyncRun? run) =>
        new(
            task.Name,
            task.Interval.TotalSeconds,
            job?.State ?? Unscheduled,
            job is { State: JobStates.Waiting } ? job.DueAt : null,
            job?.LeaseOwner,
            job?.LastError,
            run?.FinishedAt,
            run is null ? null : (run.FinishedAt - run.StartedAt).TotalMilliseconds,
            run?.Summary,
            run?.Runs ?? 0
        );
}
