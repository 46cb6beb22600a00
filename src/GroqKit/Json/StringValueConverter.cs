using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>Reads and writes any <see cref="IStringValue{TSelf}"/> as a plain JSON string.</summary>
/// <typeparam name="T">The value's type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StringValueConverter<T> : JsonConverter<T>
    where T : struct, IStringValue<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
            throw new JsonException($"A string was expected for {typeof(T).Name}.");
        foreach (T known in T.Known)
        {
            if (reader.ValueTextEquals(known.Value))
                return known;
        }
        return T.Create(reader.GetString()!);
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.WriteStringValue(value.Value);
    }
}
