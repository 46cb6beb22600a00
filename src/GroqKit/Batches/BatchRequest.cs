using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Batches;

/// <summary>A batch to create from an uploaded file. Only what is set is sent.</summary>
public sealed record BatchRequest
{
    /// <summary>The uploaded file of requests, one JSON object a line.</summary>
    public required string InputFileId { get; init; }

    /// <summary>The endpoint. Default chat completions, the only one that Groq documents here; lines may name others.</summary>
    public BatchEndpoint Endpoint { get; init; } = BatchEndpoint.ChatCompletions;

    /// <summary>How long it may take: hours or days from <c>24h</c> (the default) to <c>7d</c>.</summary>
    public string CompletionWindow { get; init; } = "24h";

    /// <summary>Pairs that stay with the batch.</summary>
    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
