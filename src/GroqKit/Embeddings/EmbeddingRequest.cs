using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Embeddings;

/// <summary>Texts to turn into vectors. Only what is set is sent; Groq refuses properties it does not know.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>One text, or 1 to 2,048 texts; none may be empty.</summary>
    public required TextInput Input { get; init; }

    /// <summary>How the vectors travel. Default float.</summary>
    public EmbeddingEncoding? EncodingFormat { get; init; }

    /// <summary>An id of the end user, for abuse monitoring only.</summary>
    public string? User { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
