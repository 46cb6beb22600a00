using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Json;

/// <summary>Reads and writes a tool choice: a word, or <c>{"type":"function","function":{"name":…}}</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ToolChoiceConverter : JsonConverter<ToolChoice>
{
    /// <inheritdoc/>
    public override ToolChoice Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return ToolChoice.Create(reader.GetString()!);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("function", out JsonElement function)
            && function.ValueKind == JsonValueKind.Object
            && function.TryGetProperty("name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String
            ? ToolChoice.ForFunction(name.GetString()!)
            : throw new JsonException("A word or a named function was expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ToolChoice value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.FunctionName is not { } name)
        {
            writer.WriteStringValue(value.Mode);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("type"u8, "function"u8);
        writer.WriteStartObject("function"u8);
        writer.WriteString("name"u8, name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
