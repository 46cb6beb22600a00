using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>Reads a key from configuration; never writes one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ApiKeyJsonConverter : JsonConverter<ApiKey>
{
    /// <inheritdoc/>
    public override ApiKey? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } value ? new ApiKey(value) : null;

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ApiKey value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(ApiKey.Hidden);
    }
}
