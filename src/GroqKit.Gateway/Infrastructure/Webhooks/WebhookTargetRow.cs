namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>A row of <c>webhook_targets</c>.</summary>
internal sealed class WebhookTargetRow
{
    public string Tenant { get; init; } = "";

    public string Id { get; init; } = "";

    public string Url { get; init; } = "";

    public string Description { get; init; } = "";

    public string Events { get; init; } = "";

    public string Secrets { get; init; } = "";

    public string? DisabledReason { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Version { get; init; }
}
