using System.Data.Common;
using System.Text.Json;
using Dapper;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Infrastructure.Jobs;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Writes an event, its deliveries and their jobs in one transaction: either all targets will have it, or nothing happened.</summary>
internal sealed class EventOutbox(
    IDatabase database,
    WebhookTargetTable targets,
    JobTable jobs,
    JobSignal signal,
    TimeProvider time
) : IEventOutbox
{
    private const string InsertEvent = """
        INSERT INTO webhook_events (id, tenant, type, unique_key, body, created_at)
        VALUES (@Id, @Tenant, @Type, @UniqueKey, @Body, @Now) ON CONFLICT DO NOTHING
        """;

    private const string InsertDelivery = """
        INSERT INTO webhook_deliveries (id, tenant, target_id, event_id, state, attempts, created_at)
        VALUES (@Id, @Tenant, @TargetId, @EventId, 'pending', 0, @Now)
        """;

    public async Task<bool> PublishAsync(WebhookEvent what, CancellationToken cancellationToken)
    {
        bool told = await database.WriteAsync(
            transaction => PublishAsync(transaction, what, cancellationToken),
            cancellationToken
        );
        signal.Raise();
        return told;
    }

    public async Task<bool> PublishAsync(
        DbTransaction transaction,
        WebhookEvent what,
        CancellationToken cancellationToken
    )
    {
        if (await InsertAsync(transaction, what, cancellationToken) is not { } id)
            return false;
        foreach (WebhookTarget target in await targets.AllAsync(transaction, cancellationToken))
        {
            if (target.Tenant == what.Tenant && target.Wants(what.Type))
                await DeliverAsync(transaction, target, id, cancellationToken);
        }
        return true;
    }

    /// <summary>Tells one target, whatever it wants to hear.</summary>
    /// <returns>The delivery's id.</returns>
    public async Task<string> PublishToAsync(
        DbTransaction transaction,
        WebhookTarget target,
        WebhookEvent what,
        CancellationToken cancellationToken
    )
    {
        string id = (await InsertAsync(transaction, what, cancellationToken))!;
        return await DeliverAsync(transaction, target, id, cancellationToken);
    }

    private async Task<string?> InsertAsync(
        DbTransaction transaction,
        WebhookEvent what,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        string id = NewId("msg_", now);
        int rows = await transaction.ExecuteAsync(
            InsertEvent,
            new
            {
                Id = id,
                what.Tenant,
                what.Type,
                what.UniqueKey,
                Body = BodyOf(what, now),
                Now = Stored.Time(now),
            },
            cancellationToken
        );
        return rows == 1 ? id : null;
    }

    private async Task<string> DeliverAsync(
        DbTransaction transaction,
        WebhookTarget target,
        string eventId,
        CancellationToken cancellationToken
    )
    {
        DateTimeOffset now = time.GetUtcNow();
        string id = NewId("dlv_", now);
        await transaction.ExecuteAsync(
            InsertDelivery,
            new
            {
                Id = id,
                target.Tenant,
                TargetId = target.Id,
                EventId = eventId,
                Now = Stored.Time(now),
            },
            cancellationToken
        );
        await jobs.EnqueueAsync(transaction, WebhookDeliverer.JobFor(target.Tenant, id), cancellationToken);
        return id;
    }

    private static string NewId(string prefix, DateTimeOffset now) => prefix + Guid.CreateVersion7(now).ToString("N");

    private static string BodyOf(WebhookEvent what, DateTimeOffset now)
    {
        string at = JsonSerializer.Serialize(now.UtcDateTime, EventJson.Default.DateTime);
        return $$"""{"type":"{{what.Type}}","timestamp":{{at}},"data":{{what.Data}}}""";
    }
}
