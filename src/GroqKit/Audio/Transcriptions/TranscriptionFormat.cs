using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>How a transcript is answered. Subtitles (srt, vtt) are made from the verbose form: <see cref="Transcription.ToSrt"/>.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<TranscriptionFormat>))]
public readonly record struct TranscriptionFormat(string Value) : IStringValue<TranscriptionFormat>
{
    private static readonly TranscriptionFormat[] KnownValues = [new("json"), new("verbose_json"), new("text")];

    /// <summary>The text only. The default.</summary>
    public static TranscriptionFormat Json => KnownValues[0];

    /// <summary>With language, duration, segments and, when asked for, words.</summary>
    public static TranscriptionFormat VerboseJson => KnownValues[1];

    /// <summary>Plain text.</summary>
    public static TranscriptionFormat Text => KnownValues[2];

    /// <inheritdoc/>
    public static ReadOnlySpan<TranscriptionFormat> Known => KnownValues;

    /// <inheritdoc/>
    public static TranscriptionFormat Create(string value) => new(value);

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator TranscriptionFormat(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
