using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using GroqKit.Audio;

namespace GroqKit.Json;

/// <summary>Reads and writes a recording's address. A recording that would have to be attached has no place in JSON.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class AudioInputConverter : JsonConverter<AudioInput>
{
    /// <inheritdoc/>
    public override AudioInput? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } url ? AudioInput.FromUrl(url) : null;

    /// <inheritdoc/>
    /// <exception cref="GroqValidationException">The recording has no address.</exception>
    public override void Write(Utf8JsonWriter writer, AudioInput value, JsonSerializerOptions options)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(value);
        writer.WriteStringValue(
            value.Url
                ?? throw SpeechToTextRules.Invalid(
                    "file",
                    "cannot stand in a batch: give an address, or AudioInput.FromBase64Url."
                )
        );
    }
}
