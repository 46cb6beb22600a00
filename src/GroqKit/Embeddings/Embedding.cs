using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Embeddings;

/// <summary>The vector of one text.</summary>
public sealed record Embedding : GroqObject
{
    /// <summary><c>embedding</c>.</summary>
    public string Object { get; set; } = "embedding";

    /// <summary>The text's position in the request.</summary>
    public int Index { get; set; }

    /// <summary>The numbers, whichever encoding they came in.</summary>
    [JsonPropertyName("embedding")]
    [JsonConverter(typeof(VectorConverter))]
    public ReadOnlyMemory<float> Vector { get; set; }
}
