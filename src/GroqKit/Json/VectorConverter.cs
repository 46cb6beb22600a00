using System.Buffers.Binary;
using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>Reads an array of numbers, or little-endian 32-bit numbers in base64; writes an array.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class VectorConverter : JsonConverter<ReadOnlyMemory<float>>
{
    /// <inheritdoc/>
    public override ReadOnlyMemory<float> Read(
        ref Utf8JsonReader reader,
        Type typeToConvert,
        JsonSerializerOptions options
    )
    {
        if (reader.TokenType == JsonTokenType.String)
            return Decode(ref reader);
        if (reader.TokenType != JsonTokenType.StartArray)
            throw new JsonException("A vector was expected.");
        var numbers = new List<float>(1024);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            numbers.Add(
                reader.TokenType == JsonTokenType.Number && reader.TryGetSingle(out float number)
                    ? number
                    : throw new JsonException("A number was expected in the vector.")
            );
        }
        return numbers.ToArray();
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, ReadOnlyMemory<float> value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStartArray();
        foreach (float number in value.Span)
            writer.WriteNumberValue(number);
        writer.WriteEndArray();
    }

    private static float[] Decode(ref Utf8JsonReader reader)
    {
        if (!reader.TryGetBytesFromBase64(out byte[]? bytes) || bytes.Length % sizeof(float) != 0)
            throw new JsonException("The vector is not a row of 32-bit numbers in base64.");
        float[] numbers = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        return numbers;
    }
}
