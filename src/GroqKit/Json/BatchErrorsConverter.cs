using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Batches;

namespace GroqKit.Json;

/// <summary>
/// Reads the errors of a batch in each form that Groq gives them: a list, an object that holds a list, one error, or a text. Writes a list.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class BatchErrorsConverter : JsonConverter<IReadOnlyList<BatchError>>
{
    /// <inheritdoc/>
    public override IReadOnlyList<BatchError>? Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        using JsonDocument document = JsonDocument.ParseValue(ref reader);
        JsonElement errors = document.RootElement;
        if (errors.ValueKind == JsonValueKind.Object && errors.TryGetProperty("data", out JsonElement data))
            errors = data;
        return errors.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Array => [.. errors.EnumerateArray().Select(ReadOne)],
            _ => [ReadOne(errors)],
        };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, IReadOnlyList<BatchError> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStartArray();
        foreach (BatchError error in value)
            JsonSerializer.Serialize(writer, error, GroqJson.Context.BatchError);
        writer.WriteEndArray();
    }

    private static BatchError ReadOne(JsonElement error) =>
        error.ValueKind == JsonValueKind.Object
            ? error.Deserialize(GroqJson.Context.BatchError)!
            : new BatchError { Message = error.ToString() };
}
