namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A row of <c>model_aliases</c>.</summary>
internal sealed class AliasRow
{
    public string Tenant { get; init; } = "";

    public string Name { get; init; } = "";

    public string Models { get; init; } = "";

    public string? Budget { get; init; }

    public long? LatencyTargetMs { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Version { get; init; }
}
