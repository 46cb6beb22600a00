using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Responses;

namespace GroqKit.Json;

/// <summary>Reads and writes the content of an item: a JSON string, or an array of parts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResponseContentConverter : JsonConverter<ResponseContent>
{
    /// <inheritdoc/>
    public override ResponseContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new ResponseContent(reader.GetString()!);
        IReadOnlyList<ResponsePart>? parts = JsonSerializer.Deserialize(
            ref reader,
            GroqJson.Context.IReadOnlyListResponsePart
        );
        return new ResponseContent(parts ?? throw new JsonException("A text or a list of parts was expected."));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ResponseContent value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else if (value.Parts is { } parts)
            JsonSerializer.Serialize(writer, parts, GroqJson.Context.IReadOnlyListResponsePart);
        else
            writer.WriteNullValue();
    }
}
