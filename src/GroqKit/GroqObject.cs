using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit;

/// <summary>An object that the API answers with. Members which this version does not know are kept, never lost.</summary>
/// <remarks>Answers have plain setters because the generated reader fills those about twice as fast as init-only ones.</remarks>
public abstract record GroqObject
{
    /// <summary>The members that this version has no property for, as they came; null when there are none.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? AdditionalProperties { get; set; }

    /// <summary>The object as the API writes it, nulls left out.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, GroqJson.Context.GetTypeInfo(GetType())!);
}
