using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Chat;

namespace GroqKit.Json;

/// <summary>Reads and writes message content: a JSON string, or an array of parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class MessageContentConverter : JsonConverter<MessageContent>
{
    /// <inheritdoc/>
    public override MessageContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new MessageContent(reader.GetString()!);
        IReadOnlyList<ContentPart>? parts = JsonSerializer.Deserialize(
            ref reader,
            GroqJson.Context.IReadOnlyListContentPart
        );
        return new MessageContent(parts ?? throw new JsonException("A text or a list of parts was expected."));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MessageContent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else if (value.Parts is { } parts)
            JsonSerializer.Serialize(writer, parts, GroqJson.Context.IReadOnlyListContentPart);
        else
            writer.WriteNullValue();
    }
}
