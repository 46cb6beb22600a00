using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.FineTunings;

/// <summary>An adapter to put to use. Only what is set is sent.</summary>
public sealed record FineTuningRequest
{
    /// <summary>The uploaded zip archive with <c>adapter_model.safetensors</c> and <c>adapter_config.json</c>.</summary>
    public required string InputFileId { get; init; }

    /// <summary>A name of your own.</summary>
    public required string Name { get; init; }

    /// <summary>The kind of adapter. Groq knows <c>lora</c>, the default.</summary>
    public string Type { get; init; } = "lora";

    /// <summary>The model that it was trained on.</summary>
    public required string BaseModel { get; init; }

    /// <summary>Further properties, sent as they are: for parameters newer than this library. Must not repeat a property above.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? ExtraBody { get; set; }
}
