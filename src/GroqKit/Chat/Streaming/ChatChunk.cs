using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>A piece of a streamed answer. Do not key on id or creation time: both may vary within a stream.</summary>
public sealed record ChatChunk : GroqObject
{
    /// <summary><c>chatcmpl-…</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>chat.completion.chunk</c>.</summary>
    public string Object { get; set; } = "chat.completion.chunk";

    /// <summary>When, in Unix seconds.</summary>
    public long Created { get; set; }

    /// <summary>The model that answers.</summary>
    public string Model { get; set; } = "";

    /// <summary>The configuration that answers.</summary>
    public string? SystemFingerprint { get; set; }

    /// <summary>What is new; may be empty.</summary>
    public IReadOnlyList<ChatChunkChoice> Choices
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>With the last piece. The same figures may stand in <see cref="XGroq"/>: never add both.</summary>
    public ChatUsage? Usage { get; set; }

    /// <summary>Usage by model.</summary>
    public UsageBreakdown? UsageBreakdown { get; set; }

    /// <summary>The tier that is used.</summary>
    public ServiceTier? ServiceTier { get; set; }

    /// <summary>The tools that remote MCP servers offered.</summary>
    public IReadOnlyList<McpToolList>? McpListTools
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>With the first and last piece: request id, seed, usage, error.</summary>
    public XGroq? XGroq { get; set; }

    /// <summary>The new text; null when this piece has none.</summary>
    [JsonIgnore]
    public string? Text => Choices is { Count: > 0 } ? Choices[0].Delta.Content : null;

    /// <summary>The new thinking; null when this piece has none.</summary>
    [JsonIgnore]
    public string? Reasoning => Choices is { Count: > 0 } ? Choices[0].Delta.Reasoning : null;
}
