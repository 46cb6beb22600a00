using System.Text.Json.Serialization;
using GroqKit.Chat;
using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Completions;

/// <summary>A continued text, whole or a piece of a stream.</summary>
public sealed record Completion : GroqResponse
{
    /// <summary><c>cmpl-…</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>text_completion</c>.</summary>
    public string Object { get; set; } = "text_completion";

    /// <summary>When, in Unix seconds.</summary>
    public long Created { get; set; }

    /// <summary>The model that answered.</summary>
    public string Model { get; set; } = "";

    /// <summary>The answers.</summary>
    public IReadOnlyList<CompletionChoice> Choices
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>What was read and written.</summary>
    public ChatUsage? Usage { get; set; }

    /// <summary>The configuration that answered.</summary>
    public string? SystemFingerprint { get; set; }

    /// <summary>The first answer's text; null when there is no answer.</summary>
    [JsonIgnore]
    public string? Text => Choices is { Count: > 0 } ? Choices[0].Text : null;

    internal override CallFigures Figures =>
        new()
        {
            Tokens = Usage?.Counts,
            ResponseModel = Model is { Length: > 0 } model ? model : null,
            TokensPerSecond = Usage?.TokensPerSecond,
        };
}
