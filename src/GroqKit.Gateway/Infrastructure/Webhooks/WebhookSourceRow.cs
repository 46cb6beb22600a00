namespace GroqKit.Gateway.Infrastructure.Webhooks;

/// <summary>A row of <c>webhook_sources</c>.</summary>
internal sealed class WebhookSourceRow
{
    public string Tenant { get; init; } = "";

    public string Name { get; init; } = "";

    public string Handler { get; init; } = "";

    public string Secrets { get; init; } = "";

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Version { get; init; }
}
