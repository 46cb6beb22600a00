namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A row of <c>providers</c>.</summary>
internal sealed class ProviderRow
{
    public string Tenant { get; init; } = "";

    public string Name { get; init; } = "";

    public string Kind { get; init; } = "";

    public string BaseUrl { get; init; } = "";

    public string? ApiKey { get; init; }

    public long MaxRetries { get; init; }

    public long TimeoutSeconds { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Version { get; init; }
}
