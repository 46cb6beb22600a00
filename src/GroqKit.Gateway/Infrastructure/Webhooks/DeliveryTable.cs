using System.Data.Common;
using System.Text.Json;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Deliveries in <c>webhook_deliveries</c>, their log in <c>webhook_attempts</c>.</summary>
internal sealed class DeliveryTable(
    IDatabase database,
    EventOutbox outbox,
    JobTable jobs,
    JobSignal signal,
    TimeProvider time
) : IDeliveryStore
{
    private const string Gateway = "gateway";

    private const string Select = """
        SELECT d.id AS "Id", d.target_id AS "TargetId", d.event_id AS "EventId", e.type AS "Type", e.body AS "Body",
            d.state AS "State", d.attempts AS "Attempts", d.created_at AS "CreatedAt", d.finished_at AS "FinishedAt"
        FROM webhook_deliveries d JOIN webhook_events e ON e.id = d.event_id WHERE d.tenant = @tenant
        """;

    private const string SelectLog = """
        SELECT at AS "At", status AS "Status", error AS "Error", duration_ms AS "DurationMs"
        FROM webhook_attempts WHERE delivery_id = @id ORDER BY id
        """;

    private const string InsertAttempt = """
        INSERT INTO webhook_attempts (delivery_id, at, status, error, duration_ms)
        VALUES (@Id, @At, @Status, @Error, @DurationMs)
        """;

    private const string Update = """
        UPDATE webhook_deliveries SET state = @state, attempts = attempts + @sent, finished_at = @finished WHERE id = @Id
        """;

    private const string Reopen = """
        UPDATE webhook_deliveries SET state = 'pending', finished_at = NULL WHERE id = @Id
        """;

    private const string Disable = """
        UPDATE webhook_targets SET disabled_reason = @reason, updated_at = @now, version = version + 1
        WHERE tenant = @Tenant AND id = @Id AND disabled_reason IS NULL
        """;

    public Task<IReadOnlyList<Delivery>> ListAsync(
        string tenant,
        string targetId,
        string? before,
        int count,
        CancellationToken cancellationToken
    ) =>
        database.ReadAsync<IReadOnlyList<Delivery>>(
            async connection =>
            {
                string older = before is null ? "" : "AND d.id < @before";
                IEnumerable<DeliveryRow> rows = await connection.QueryAsync<DeliveryRow>(
                    new CommandDefinition(
                        $"{Select} AND d.target_id = @targetId {older} ORDER BY d.id DESC LIMIT @count",
                        new
                        {
                            tenant,
                            targetId,
                            before,
                            count = (long)count,
                        },
                        cancellationToken: cancellationToken
                    )
                );
                return [.. rows.Select(row => row.ToDelivery())];
            },
            cancellationToken
        );

    public Task<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            async connection =>
                (
                    await connection.QuerySingleOrDefaultAsync<DeliveryRow>(
                        new CommandDefinition(
                            $"{Select} AND d.id = @id",
                            new { tenant, id },
                            cancellationToken: cancellationToken
                        )
                    )
                )?.ToDelivery(),
            cancellationToken
        );

    public Task<IReadOnlyList<DeliveryAttempt>> LogAsync(string id, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeliveryAttempt>>(
            async connection =>
            {
                IEnumerable<(long At, long? Status, string? Error, long DurationMs)> rows =
                    await connection.QueryAsync<(long, long?, string?, long)>(
                        new CommandDefinition(SelectLog, new { id }, cancellationToken: cancellationToken)
                    );
                return
                [
                    .. rows.Select(row => new DeliveryAttempt(
                        Stored.Time(row.At),
                        (int?)row.Status,
                        row.Error,
                        row.DurationMs
                    )),
                ];
            },
            cancellationToken
        );

    public async Task RedeliverAsync(Delivery delivery, Change change, CancellationToken cancellationToken)
    {
        await database.WriteAsync(
            async transaction =>
            {
                await Changes.RecordAsync(transaction, change, cancellationToken);
                await transaction.ExecuteAsync(Reopen, new { delivery.Id }, cancellationToken);
                return await jobs.EnqueueAsync(
                    transaction,
                    WebhookDeliverer.JobFor(change.Tenant, delivery.Id),
                    cancellationToken
                );
            },
            cancellationToken
        );
        signal.Raise();
    }

    public async Task<string> TestAsync(WebhookTarget target, CancellationToken cancellationToken)
    {
        var test = new WebhookEvent(
            target.Tenant,
            EventTypes.Test,
            Guid.CreateVersion7(time.GetUtcNow()).ToString("N"),
            "{}"
        );
        string delivery = await database.WriteAsync(
            transaction => outbox.PublishToAsync(transaction, target, test, cancellationToken),
            cancellationToken
        );
        signal.Raise();
        return delivery;
    }

    public JobEffect Record(
        Delivery delivery,
        WebhookTarget target,
        DeliveryAttempt? attempt,
        string state,
        string? disable = null
    ) =>
        async (transaction, cancellationToken) =>
        {
            // Disabling counts as a change of configuration, which comes first of all in its transaction.
            if (disable is not null)
                await DisableAsync(transaction, target, disable, cancellationToken);
            if (attempt is not null)
                await transaction.ExecuteAsync(
                    InsertAttempt,
                    new
                    {
                        delivery.Id,
                        At = Stored.Time(attempt.At),
                        Status = (long?)attempt.Status,
                        attempt.Error,
                        attempt.DurationMs,
                    },
                    cancellationToken
                );
            long? finished = state == DeliveryStates.Pending ? null : Stored.Time(time.GetUtcNow());
            long sent = attempt is null ? 0 : 1;
            await transaction.ExecuteAsync(
                Update,
                new
                {
                    delivery.Id,
                    state,
                    sent,
                    finished,
                },
                cancellationToken
            );
        };

    private async Task DisableAsync(
        DbTransaction transaction,
        WebhookTarget target,
        string reason,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        string details = JsonSerializer.Serialize(
            new Dictionary<string, string> { ["webhook"] = target.Id, ["reason"] = reason },
            EventJson.Default.DictionaryStringString
        );
        await Changes.RecordAsync(
            transaction,
            new Change(now, target.Tenant, Gateway, "webhooks.disable", $"webhooks/{target.Id}", details, ""),
            cancellationToken
        );
        int rows = await transaction.ExecuteAsync(
            Disable,
            new
            {
                target.Tenant,
                target.Id,
                reason,
                now = Stored.Time(now),
            },
            cancellationToken
        );
        if (rows == 1)
            await outbox.PublishAsync(
                transaction,
                new WebhookEvent(target.Tenant, EventTypes.TargetDisabled, $"{target.Id}/{Stored.Time(now)}", details),
                cancellationToken
            );
    }
}
