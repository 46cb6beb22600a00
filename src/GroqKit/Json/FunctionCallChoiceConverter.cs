using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Json;

/// <summary>Reads and writes the deprecated function choice: a word, or <c>{"name":…}</c>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FunctionCallChoiceConverter : JsonConverter<FunctionCallChoice>
{
    /// <inheritdoc/>
    public override FunctionCallChoice Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.String)
            return FunctionCallChoice.Create(reader.GetString()!);
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        return
            document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("name", out JsonElement name)
            && name.ValueKind == JsonValueKind.String
            ? FunctionCallChoice.ForFunction(name.GetString()!)
            : throw new JsonException("A word or a function's name was expected.");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FunctionCallChoice value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Name is not { } name)
        {
            writer.WriteStringValue(value.Mode);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("name"u8, name);
        writer.WriteEndObject();
    }
}
