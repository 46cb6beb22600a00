using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>Runs of background tasks in <c>sync_runs</c>.</summary>
internal sealed class SyncTable(IDatabase database, IJobStore jobs, TimeProvider time) : ISyncStore
{
    private const int MaxTasks = 500;

    private const string Select = "SELECT task, runs, started_at, finished_at, summary FROM sync_runs";

    private const string Upsert = """
        INSERT INTO sync_runs (task, runs, started_at, finished_at, summary)
        VALUES (@task, 1, @started, @finished, @summary)
        ON CONFLICT (task) DO UPDATE SET runs = sync_runs.runs + 1, started_at = @started, finished_at = @finished,
            summary = @summary
        """;

    private const string Hurry = """
        UPDATE jobs SET due_at = @now WHERE tenant = @tenant AND kind = @kind AND state = 'waiting' AND unique_key IS NOT NULL
        """;

    public Task<IReadOnlyDictionary<string, SyncRun>> RunsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, SyncRun>>(
            async connection =>
            {
                IEnumerable<(string Task, long Runs, long Started, long Finished, string Summary)> rows =
                    await connection.QueryAsync<(string, long, long, long, string)>(
                        new CommandDefinition(Select, cancellationToken: cancellationToken)
                    );
                return rows.ToDictionary(
                    row => row.Task,
                    row => new SyncRun(row.Runs, Stored.Time(row.Started), Stored.Time(row.Finished), row.Summary)
                );
            },
            cancellationToken
        );

    public JobEffect Record(string task, DateTimeOffset startedAt, string summary) =>
        (transaction, cancellationToken) =>
            transaction.ExecuteAsync(
                Upsert,
                new
                {
                    task,
                    started = Stored.Time(startedAt),
                    finished = Stored.Time(time.GetUtcNow()),
                    summary,
                },
                cancellationToken
            );

    public async Task<IReadOnlyDictionary<string, Job>> JobsAsync(CancellationToken cancellationToken)
    {
        var all = new Dictionary<string, Job>(StringComparer.Ordinal);
        foreach (string state in (string[])[JobStates.Waiting, JobStates.Running])
        {
            var filter = new JobFilter(Tenants.Home, state, Kind: null) { KindPrefix = "sync." };
            foreach (Job job in await jobs.ListAsync(filter, before: null, MaxTasks, cancellationToken))
                all.TryAdd(job.Kind, job);
        }
        return all;
    }

    public Task<bool> HurryAsync(string kind, Change? change, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async transaction =>
            {
                int rows = await transaction.ExecuteAsync(
                    Hurry,
                    new
                    {
                        kind,
                        tenant = Tenants.Home,
                        now = Stored.Time(time.GetUtcNow()),
                    },
                    cancellationToken
                );
                if (rows == 0)
                    return false;
                if (change is not null)
                    await Changes.RecordAsync(transaction, change, cancellationToken);
                return true;
            },
            cancellationToken
        );
}
