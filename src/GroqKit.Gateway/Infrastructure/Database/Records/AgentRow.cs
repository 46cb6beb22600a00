namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>A row of <c>agents</c>.</summary>
internal sealed class AgentRow
{
    public string Tenant { get; init; } = "";

    public string Name { get; init; } = "";

    public string Description { get; init; } = "";

    public string OnBreak { get; init; } = "";

    public string Limits { get; init; } = "";

    public long CacheSeconds { get; init; }

    public string? Privacy { get; init; }

    public string? Screening { get; init; }

    public string? LlmProvider { get; init; }

    public string? LlmModel { get; init; }

    public string? LlmConfig { get; init; }

    public string? LlmFallback { get; init; }

    public string? SttProvider { get; init; }

    public string? SttModel { get; init; }

    public string? SttConfig { get; init; }

    public string? SttFallback { get; init; }

    public string? TtsProvider { get; init; }

    public string? TtsModel { get; init; }

    public string? TtsConfig { get; init; }

    public string? TtsFallback { get; init; }

    public long CreatedAt { get; init; }

    public long UpdatedAt { get; init; }

    public long Version { get; init; }
}
