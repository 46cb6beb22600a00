using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Reranking;

/// <summary>Documents to order by how well they fit a query. Only what is set is sent; Groq refuses properties it does not know.</summary>
public sealed record RerankRequest
{
    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>What is looked for.</summary>
    public required string Query { get; init; }

    /// <summary>1 to 100 documents, none of them empty.</summary>
    public required IReadOnlyList<string> Docs { get; init; }

    /// <summary>What counts as fitting. Default: the model's own.</summary>
    public string? Instruction { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
