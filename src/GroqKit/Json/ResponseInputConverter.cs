using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Responses;

namespace GroqKit.Json;

/// <summary>Reads and writes the input of a response: a JSON string, or an array of items.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ResponseInputConverter : JsonConverter<ResponseInput>
{
    /// <inheritdoc/>
    public override ResponseInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String)
            return new ResponseInput(reader.GetString()!);
        IReadOnlyList<ResponseItem>? items = JsonSerializer.Deserialize(
            ref reader,
            GroqJson.Context.IReadOnlyListResponseItem
        );
        return new ResponseInput(items ?? throw new JsonException("A text or a list of items was expected."));
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ResponseInput value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else if (value.Items is { } items)
            JsonSerializer.Serialize(writer, items, GroqJson.Context.IReadOnlyListResponseItem);
        else
            writer.WriteNullValue();
    }
}
