using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Responses;

/// <summary>
/// A response to ask for. Only what is set is sent; Groq refuses properties it does not know. Nothing is stored: the conversation so far goes
/// with every request, and the items of an answer can be put into the next request as they are.
/// </summary>
public sealed record ResponseRequest
{
    /// <summary>The model's id, for example <c>openai/gpt-oss-120b</c>.</summary>
    public required string Model { get; init; }

    /// <summary>A text of the user, or the items so far.</summary>
    public required ResponseInput Input { get; init; }

    /// <summary>Instructions that come before the input.</summary>
    public string? Instructions { get; init; }

    /// <summary>The most tokens to generate, thinking included; at least 1.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Randomness, 0 to 2. Default 1.</summary>
    public double? Temperature { get; init; }

    /// <summary>The probability mass to sample from, 0 to 1. Default 1.</summary>
    public double? TopP { get; init; }

    /// <summary>At most 128 tools the model may use.</summary>
    public IReadOnlyList<ResponseTool>? Tools { get; init; }

    /// <summary>Whether and which tool must be used. Default: none without tools, auto with.</summary>
    public ToolChoice? ToolChoice { get; init; }

    /// <summary>Whether several tools may be called in one turn. Default true.</summary>
    public bool? ParallelToolCalls { get; init; }

    /// <summary>The form of the text.</summary>
    public ResponseText? Text { get; init; }

    /// <summary>How much to think.</summary>
    public ResponseReasoning? Reasoning { get; init; }

    /// <summary>At most 16 pairs, which come back with the answer.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>How the call is queued and paid. Default auto.</summary>
    public ResponseServiceTier? ServiceTier { get; init; }

    /// <summary>Whether to store the response; Groq knows only false.</summary>
    public bool? Store { get; init; }

    /// <summary>Set by the client according to the method that is called.</summary>
    [JsonInclude]
    internal bool? Stream { get; init; }

    /// <summary>What happens to a context that is too long. Default disabled.</summary>
    public ResponseTruncation? Truncation { get; init; }

    /// <summary>An id of the end user, for abuse monitoring only.</summary>
    public string? User { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
