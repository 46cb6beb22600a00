using System.Text.Json;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Webhook sources in <c>webhook_sources</c>.</summary>
internal sealed class WebhookSourceTable(IDatabase database)
    : RecordTable<WebhookSource, WebhookSourceRow>(database, "webhook_sources", "name")
{
    protected override WebhookSourceRow ToRow(WebhookSource record) =>
        new()
        {
            Tenant = record.Tenant,
            Name = record.Name,
            Handler = record.Handler,
            Secrets = JsonSerializer.Serialize(record.Secrets, RecordJson.Default.IReadOnlyListSealedSecret),
            CreatedAt = Stored.Time(record.CreatedAt),
            UpdatedAt = Stored.Time(record.UpdatedAt),
            Version = record.Version,
        };

    protected override WebhookSource FromRow(WebhookSourceRow row) =>
        new()
        {
            Tenant = row.Tenant,
            Name = row.Name,
            Handler = row.Handler,
            Secrets = [.. JsonSerializer.Deserialize(row.Secrets, RecordJson.Default.IReadOnlyListSealedSecret)!],
            CreatedAt = Stored.Time(row.CreatedAt),
            UpdatedAt = Stored.Time(row.UpdatedAt),
            Version = row.Version,
        };
}
