using System.Text.Json.Serialization;
using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Chat;

/// <summary>A whole answer. Without thread safety while being changed; nobody but its reader changes it.</summary>
public sealed record ChatCompletion : GroqResponse
{
    /// <summary><c>chatcmpl-…</c>; Compound has answered <c>stub</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>chat.completion</c>.</summary>
    public string Object { get; set; } = "chat.completion";

    /// <summary>When, in Unix seconds.</summary>
    public long Created { get; set; }

    /// <summary>The model that answered.</summary>
    public string Model { get; set; } = "";

    /// <summary>The answers; Groq gives one.</summary>
    public IReadOnlyList<ChatChoice> Choices
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>What was read and written, and how long it took.</summary>
    public ChatUsage? Usage { get; set; }

    /// <summary>Usage by model, from Compound.</summary>
    public UsageBreakdown? UsageBreakdown { get; set; }

    /// <summary>The configuration that answered.</summary>
    public string? SystemFingerprint { get; set; }

    /// <summary>The tier that was used.</summary>
    public ServiceTier? ServiceTier { get; set; }

    /// <summary>The tools that remote MCP servers offered.</summary>
    public IReadOnlyList<McpToolList>? McpListTools
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>Groq's own extras: request id, seed, debug data.</summary>
    public XGroq? XGroq { get; set; }

    /// <summary>What was asked before without success, when <see cref="CallOptions.Repair"/> allowed to ask once more.</summary>
    [JsonIgnore]
    public IReadOnlyList<GenerationRepair> Repairs { get; set; } = [];

    /// <summary>The first answer's message; null when there is no answer.</summary>
    [JsonIgnore]
    public AssistantMessage? Message => Choices is { Count: > 0 } ? Choices[0].Message : null;

    /// <summary>The first answer's text; null when it only calls tools.</summary>
    [JsonIgnore]
    public string? Text => Message?.Content;

    /// <summary>Why the first answer ended.</summary>
    [JsonIgnore]
    public FinishReason? FinishReason => Choices is { Count: > 0 } ? Choices[0].FinishReason : null;

    internal override CallFigures Figures =>
        new()
        {
            Tokens = Usage?.Counts,
            TokensByModel = (UsageBreakdown ?? XGroq?.UsageBreakdown)?.Counts,
            ResponseModel = Model is { Length: > 0 } model ? model : null,
            TokensPerSecond = Usage?.TokensPerSecond,
        };
}
