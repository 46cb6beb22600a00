using System.Text.Json;
using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Infrastructure.Database.Records;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>Webhook targets in <c>webhook_targets</c>.</summary>
internal sealed class WebhookTargetTable(IDatabase database)
    : RecordTable<WebhookTarget, WebhookTargetRow>(database, "webhook_targets", "id")
{
    protected override WebhookTargetRow ToRow(WebhookTarget record) =>
        new()
        {
            Tenant = record.Tenant,
            Id = record.Id,
            Url = record.Url.ToString(),
            Description = record.Description,
            Events = JsonSerializer.Serialize(record.Events, RecordJson.Default.IReadOnlyListString),
            Secrets = JsonSerializer.Serialize(record.Secrets, RecordJson.Default.IReadOnlyListSealedSecret),
            DisabledReason = record.DisabledReason,
            CreatedAt = Stored.Time(record.CreatedAt),
            UpdatedAt = Stored.Time(record.UpdatedAt),
            Version = record.Version,
        };

    protected override WebhookTarget FromRow(WebhookTargetRow row) =>
        new()
        {
            Tenant = row.Tenant,
            Id = row.Id,
            Url = new Uri(row.Url),
            Description = row.Description,
            Events = [.. JsonSerializer.Deserialize(row.Events, RecordJson.Default.IReadOnlyListString)!],
            Secrets = [.. JsonSerializer.Deserialize(row.Secrets, RecordJson.Default.IReadOnlyListSealedSecret)!],
            DisabledReason = row.DisabledReason,
            CreatedAt = Stored.Time(row.CreatedAt),
            UpdatedAt = Stored.Time(row.UpdatedAt),
            Version = row.Version,
        };
}
