using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Json;
using GroqKit.Telemetry;

namespace GroqKit.Responses;

/// <summary>
/// A response. Look at <see cref="Status"/>: one that failed, or was cut, is an answer too. What repeats the request, and has no property here,
/// is among the additional properties.
/// </summary>
public sealed record Response : GroqResponse
{
    /// <summary><c>resp_…</c>.</summary>
    public string Id { get; set; } = "";

    /// <summary><c>response</c>.</summary>
    public string Object { get; set; } = "response";

    /// <summary>When, in Unix seconds.</summary>
    public long CreatedAt { get; set; }

    /// <summary>Whether it is whole, was cut, or failed.</summary>
    public ResponseStatus Status { get; set; }

    /// <summary>The model that answered.</summary>
    public string Model { get; set; } = "";

    /// <summary>Thinking, calls and messages, in their order.</summary>
    public IReadOnlyList<ResponseItem> Output
    {
        get;
        set => field = AnswerList.Whole(value) ?? [];
    } = [];

    /// <summary>What was read and written; null until the end.</summary>
    public ResponseUsage? Usage { get; set; }

    /// <summary>Why it failed.</summary>
    public ResponseError? Error { get; set; }

    /// <summary>Why it was cut.</summary>
    public ResponseIncompleteDetails? IncompleteDetails { get; set; }

    /// <summary>The request's pairs; with the header <c>Groq-Beta: inference-metrics</c> also times as text.</summary>
    [JsonPropertyName("metadata")]
    public IReadOnlyDictionary<string, string>? Pairs { get; set; }

    /// <summary>The tier that was used.</summary>
    public ResponseServiceTier? ServiceTier { get; set; }

    /// <summary>The request's instructions.</summary>
    public string? Instructions { get; set; }

    /// <summary>The request's limit.</summary>
    public int? MaxOutputTokens { get; set; }

    /// <summary>The temperature that was used.</summary>
    public double? Temperature { get; set; }

    /// <summary>The probability mass that was used.</summary>
    public double? TopP { get; set; }

    /// <summary>The tools that were offered.</summary>
    public IReadOnlyList<ResponseTool>? Tools
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>The choice among them, as it came: a word or an object.</summary>
    public JsonElement? ToolChoice { get; set; }

    /// <summary>Whether several tools could be called in one turn.</summary>
    public bool? ParallelToolCalls { get; set; }

    /// <summary>The form of the text.</summary>
    public ResponseText? Text { get; set; }

    /// <summary>How much the model was to think.</summary>
    public ResponseReasoning? Reasoning { get; set; }

    /// <summary>What would have happened to a context that is too long.</summary>
    public ResponseTruncation? Truncation { get; set; }

    /// <summary>Whether it was stored; false at Groq.</summary>
    public bool? Store { get; set; }

    /// <summary>Whether it was made in the background; false at Groq.</summary>
    public bool? Background { get; set; }

    /// <summary>The response that it continues; null at Groq, which keeps none.</summary>
    public string? PreviousResponseId { get; set; }

    /// <summary>How many calls of tools it could make; null without a bound.</summary>
    public int? MaxToolCalls { get; set; }

    /// <summary>How many alternatives of each token were asked for; 0 at Groq.</summary>
    public int? TopLogprobs { get; set; }

    /// <summary>The request's end user.</summary>
    public string? User { get; set; }

    /// <summary>The text of all messages; empty when there is none.</summary>
    [JsonIgnore]
    public string OutputText => Join(ResponseItemType.Message, ResponsePartType.OutputText);

    /// <summary>All thinking; empty when there is none.</summary>
    [JsonIgnore]
    public string ReasoningText => Join(ResponseItemType.Reasoning, ResponsePartType.ReasoningText);

    /// <summary>The functions that the model calls.</summary>
    [JsonIgnore]
    public IEnumerable<ResponseItem> FunctionCalls =>
        Output?.Where(item => item.Type == ResponseItemType.FunctionCall) ?? [];

    internal override CallFigures Figures =>
        new() { Tokens = Usage?.Counts, ResponseModel = Model is { Length: > 0 } model ? model : null };

    private string Join(ResponseItemType item, ResponsePartType part) =>
        string.Concat(
            (Output ?? [])
                .Where(one => one.Type == item)
                .SelectMany(one => one.Content?.Parts ?? [])
                .Where(one => one.Type == part)
                .Select(one => one.Text)
        );
}
