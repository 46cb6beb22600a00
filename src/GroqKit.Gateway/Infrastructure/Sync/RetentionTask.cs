using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Sync;

namespace GroqKit.Gateway.Infrastructure.Sync;

/// <summary>Deletes what is older than it has to be, in batches that nobody waits long for.</summary>
internal sealed class RetentionTask(IDatabase database, RetentionOptions keep, TimeProvider time) : ISyncTask
{
    public const int BatchSize = 1000;

    // A run ends in time; the next one goes on.
    private const int MaxBatches = 200;

    private (string Table, string Select, string Key, TimeSpan Keep)[] Rules =>
        [
            (
                "webhook_attempts",
                "SELECT id FROM webhook_attempts WHERE at < @before LIMIT @BatchSize",
                "id",
                keep.Events
            ),
            (
                "webhook_deliveries",
                "SELECT id FROM webhook_deliveries WHERE finished_at < @before LIMIT @BatchSize",
                "id",
                keep.Events
            ),
            (
                "webhook_events",
                """
                SELECT id FROM webhook_events e WHERE created_at < @before
                    AND NOT EXISTS (SELECT 1 FROM webhook_deliveries d WHERE d.event_id = e.id) LIMIT @BatchSize
                """,
                "id",
                keep.Events
            ),
            (
                "webhook_receipts",
                "SELECT message_id FROM webhook_receipts WHERE received_at < @before LIMIT @BatchSize",
                "message_id",
                keep.Events
            ),
            (
                "kept_bodies",
                "SELECT request_id FROM kept_bodies WHERE expires_at < @before LIMIT @BatchSize",
                "request_id",
                TimeSpan.Zero
            ),
            (
                "idempotency",
                "SELECT token FROM idempotency WHERE expires_at < @before LIMIT @BatchSize",
                "token",
                TimeSpan.Zero
            ),
            ("erasures", "SELECT person FROM erasures WHERE at < @before LIMIT @BatchSize", "person", Erasure.Kept),
            (
                "jobs",
                "SELECT id FROM jobs WHERE state IN ('done', 'aside') AND finished_at < @before LIMIT @BatchSize",
                "id",
                keep.Jobs
            ),
            (
                "usage",
                "SELECT request_id FROM usage WHERE started_at < @before LIMIT @BatchSize",
                "request_id",
                keep.Usage
            ),
        ];

    public string Name => "retention";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        var deleted = new List<string>();
        foreach ((string table, string select, string key, TimeSpan age) in Rules)
        {
            long before = Stored.Time(time.GetUtcNow() - age);
            string extra = table == "webhook_receipts" ? "received_at < @before AND " : "";
            string sql = $"DELETE FROM {table} WHERE {extra}{key} IN ({select})";
            long rows = 0;
            for (int i = 0; i < MaxBatches; i++)
            {
                int batch = await DeleteAsync(sql, before, cancellationToken);
                rows += batch;
                if (batch == 0)
                    break;
            }
            if (rows > 0)
                deleted.Add($"{rows} of {table}");
        }
        return new SyncResult(
            deleted.Count == 0 ? "Nothing was old enough." : $"Deleted {string.Join(", ", deleted)}."
        );
    }

    private Task<int> DeleteAsync(string sql, long before, CancellationToken cancellationToken) =>
        database.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(sql, new { before, BatchSize = (long)BatchSize }, cancellationToken),
            cancellationToken
        );
}
