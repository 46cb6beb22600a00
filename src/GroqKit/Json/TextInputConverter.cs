using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Json;

/// <summary>Reads and writes one text or an array of texts, each in its own form.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextInputConverter : JsonConverter<TextInput>
{
    private static readonly OneOrManyConverter Many = new();

    /// <inheritdoc/>
    public override TextInput Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? new TextInput(reader.GetString()!)
            : new TextInput(Many.Read(ref reader, typeof(IReadOnlyList<string>), options));

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TextInput value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (value.Text is { } text)
            writer.WriteStringValue(text);
        else if (value.Texts is { } texts)
            Many.Write(writer, texts, options);
        else
            writer.WriteNullValue();
    }
}
