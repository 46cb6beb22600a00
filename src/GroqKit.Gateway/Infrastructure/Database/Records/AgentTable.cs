using System.Text.Json;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Privacy;

namespace GroqKit.Gateway.Infrastructure.Database.Records;

/// <summary>Agents in <c>agents</c>.</summary>
internal sealed class AgentTable(IDatabase database) : RecordTable<Agent, AgentRow>(database, "agents", "name")
{
    protected override AgentRow ToRow(Agent record) =>
        new()
        {
            Tenant = record.Tenant,
            Name = record.Name,
            Description = record.Description,
            OnBreak = record.OnBreak,
            Limits = JsonSerializer.Serialize(record.Limits, RecordJson.Default.LimitPolicy),
            CacheSeconds = record.CacheSeconds,
            Privacy =
                record.Privacy == AgentPrivacy.None
                    ? null
                    : JsonSerializer.Serialize(record.Privacy, RecordJson.Default.AgentPrivacy),
            Screening = record.Screening is null
                ? null
                : JsonSerializer.Serialize(record.Screening, RecordJson.Default.AgentScreening),
            LlmProvider = record.Llm?.Choice.Provider,
            LlmModel = record.Llm?.Choice.Model,
            LlmConfig = record.Llm?.Config,
            LlmFallback = Chain(record.Llm),
            SttProvider = record.Stt?.Choice.Provider,
            SttModel = record.Stt?.Choice.Model,
            SttConfig = record.Stt?.Config,
            SttFallback = Chain(record.Stt),
            TtsProvider = record.Tts?.Choice.Provider,
            TtsModel = record.Tts?.Choice.Model,
            TtsConfig = record.Tts?.Config,
            TtsFallback = Chain(record.Tts),
            CreatedAt = Stored.Time(record.CreatedAt),
            UpdatedAt = Stored.Time(record.UpdatedAt),
            Version = record.Version,
        };

    protected override Agent FromRow(AgentRow row) =>
        new()
        {
            Tenant = row.Tenant,
            Name = row.Name,
            Description = row.Description,
            OnBreak = row.OnBreak,
            Limits = JsonSerializer.Deserialize(row.Limits, RecordJson.Default.LimitPolicy)!,
            CacheSeconds = (int)row.CacheSeconds,
            Privacy = row.Privacy is null
                ? AgentPrivacy.None
                : JsonSerializer.Deserialize(row.Privacy, RecordJson.Default.AgentPrivacy)!,
            Screening = row.Screening is null
                ? null
                : JsonSerializer.Deserialize(row.Screening, RecordJson.Default.AgentScreening),
            Llm = Service(row.LlmProvider, row.LlmModel, row.LlmConfig, row.LlmFallback),
            Stt = Service(row.SttProvider, row.SttModel, row.SttConfig, row.SttFallback),
            Tts = Service(row.TtsProvider, row.TtsModel, row.TtsConfig, row.TtsFallback),
            CreatedAt = Stored.Time(row.CreatedAt),
            UpdatedAt = Stored.Time(row.UpdatedAt),
            Version = row.Version,
        };

    private static string? Chain(ServiceSettings? service) =>
        service is null
            ? null
            : JsonSerializer.Serialize(
                [.. service.Fallback.Select(StoredLink.Of)],
                RecordJson.Default.IReadOnlyListStoredLink
            );

    private static ServiceSettings? Service(string? provider, string? model, string? config, string? fallback) =>
        provider is null || model is null
            ? null
            : new ServiceSettings(
                new ModelChoice(provider, model),
                config ?? ServiceSettings.NoConfig,
                [
                    .. JsonSerializer
                        .Deserialize(fallback ?? "[]", RecordJson.Default.IReadOnlyListStoredLink)!
                        .Select(link => link.ToLink()),
                ]
            );
}
