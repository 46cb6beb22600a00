namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A row of <c>api_keys</c>.</summary>
internal sealed class KeyRow
{
    public string Id { get; init; } = "";

    public string Tenant { get; init; } = "";

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public string Scopes { get; init; } = "";

    public string Limits { get; init; } = "";

    public string UserLimits { get; init; } = "";

    public string Secrets { get; init; } = "";

    public long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public long Version { get; init; }
}
