using System.Collections.Frozen;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.OpenAi.Models;

/// <summary>The models that the simulated OpenAI has: each kind of behaviour is there at least once.</summary>
internal static class OpenAiCatalog
{
    private static readonly string[] AllEfforts = ["none", "minimal", "low", "medium", "high", "xhigh", "max"];
    private static readonly string[] EffortsWithoutNone = ["low", "medium", "high", "xhigh"];
    private static readonly string[] WhisperFormats = ["json", "text", "srt", "verbose_json", "vtt"];

    private static readonly ModelLimits Limits = new() { RequestsPerMinute = 5_000, TokensPerMinute = 2_000_000 };
    private static readonly ModelLimits FreeLimits = new() { RequestsPerMinute = 500, TokensPerMinute = 200_000 };

    public static IReadOnlyList<OpenAiModel> All { get; } =
    [
        Reasoning("gpt-6.2-sol", EffortsWithoutNone),
        Reasoning("gpt-6.1-sol", EffortsWithoutNone),
        Reasoning("gpt-6.1-terra", AllEfforts),
        Reasoning("gpt-6-sol", AllEfforts),
        Reasoning("gpt-6-luna", AllEfforts),
        Reasoning("gpt-5.6-sol", AllEfforts),
        Reasoning("gpt-5.6-luna", AllEfforts),
        Reasoning("gpt-5-mini", ["minimal", "low", "medium", "high"]) with
        {
            ToolsWhileReasoning = true,
        },
        Plain("gpt-4.1", "gpt-4.1-2025-04-14"),
        Plain("gpt-4.1-mini", "gpt-4.1-mini-2025-04-14"),
        Plain("gpt-4o", "gpt-4o-2024-08-06"),
        Plain("gpt-4o-mini", "gpt-4o-mini-2024-07-18"),
        new(Of("gpt-3.5-turbo-instruct", "completion")),
        new(Of("text-embedding-3-small", "embedding") with { MaxOutput = 1_536 }),
        new(Of("text-embedding-3-large", "embedding") with { MaxOutput = 3_072 }),
        new(Of("text-embedding-ada-002", "embedding") with { MaxOutput = 1_536 }),
        new(Of("gpt-transcribe", "transcription")) { TranscriptFormats = ["json", "text"] },
        new(Of("whisper-1", "transcription", "translation")) { TranscriptFormats = WhisperFormats },
        new(Of("gpt-4o-transcribe", "transcription")) { TranscriptFormats = ["json"] },
        new(Of("gpt-4o-mini-transcribe", "transcription")) { TranscriptFormats = ["json"] },
        new(Of("gpt-4o-transcribe-diarize", "transcription")) { TranscriptFormats = ["json", "text", "diarized_json"] },
        new(Of("gpt-4o-mini-tts", "speech")),
        new(Of("tts-1", "speech")),
        new(Of("tts-1-hd", "speech")),
    ];

    private static readonly FrozenDictionary<string, OpenAiModel> ById = All.SelectMany(model =>
            model.Snapshot == model.Id ? [(model.Id, model)] : new[] { (model.Id, model), (model.Snapshot, model) }
        )
        .ToFrozenDictionary(entry => entry.Item1, entry => entry.Item2, StringComparer.Ordinal);

    public static OpenAiModel? Find(string id) => ById.GetValueOrDefault(id);

    /// <summary>The model for a request; a <c>sim/…</c> name behaves like <paramref name="stand"/> under its own name.</summary>
    /// <exception cref="ApiException">The model is unknown, or of another kind.</exception>
    public static OpenAiModel Resolve(string id, string stand, string kind)
    {
        OpenAiModel? found = Find(id) ?? (ModelCatalog.FaultIn(id) is null ? null : Under(id, ById[stand]));
        if (found is null)
            throw new ApiException(ApiErrors.ModelNotFound(id) with { Param = null });
        return found.Model.Kind == kind
            ? found
            : throw new ApiException(ApiErrors.Invalid($"The model `{id}` is not a {kind} model.", "model"));
    }

    private static OpenAiModel Under(string id, OpenAiModel model) =>
        model with
        {
            Model = model.Model with { Id = id },
            Snapshot = id,
        };

    private static OpenAiModel Reasoning(string id, string[] efforts) =>
        new(
            Of(id, "chat", "tools", "parallel_tools", "json_mode", "json_schema", "vision", "reasoning") with
            {
                ReasoningEfforts = efforts,
                ContextWindow = 1_050_000,
                MaxOutput = 128_000,
            }
        )
        {
            DefaultEffort = "medium",
            ToolsWhileReasoning = false,
        };

    private static OpenAiModel Plain(string id, string snapshot) =>
        new(
            Of(id, "chat", "tools", "parallel_tools", "json_mode", "json_schema", "vision") with
            {
                ContextWindow = 128_000,
                MaxOutput = 16_384,
            }
        )
        {
            Snapshot = snapshot,
        };

    private static Model Of(string id, string kind, params string[] capabilities) =>
        new()
        {
            Id = id,
            Name = id,
            Owner = "openai",
            Status = ModelStatus.Production,
            Kind = kind,
            Capabilities = capabilities.ToFrozenSet(StringComparer.Ordinal),
            Created = 1_760_000_000,
            MaxImages = 500,
            FreeLimits = FreeLimits,
            DeveloperLimits = Limits,
        };
}
