using System.Text.Json.Serialization;
using GroqKit.Json;

namespace GroqKit.Audio;

/// <summary>The form of spoken audio. The Orpheus models make WAV only; the others are those of their predecessors.</summary>
/// <param name="Value">The word on the wire.</param>
[JsonConverter(typeof(StringValueConverter<SpeechFormat>))]
public readonly record struct SpeechFormat(string Value) : IStringValue<SpeechFormat>
{
    private static readonly SpeechFormat[] KnownValues =
    [
        new("wav"),
        new("mp3"),
        new("flac"),
        new("ogg"),
        new("mulaw"),
    ];

    /// <summary>WAV, 16-bit. The default.</summary>
    public static SpeechFormat Wav => KnownValues[0];

    /// <summary>MP3.</summary>
    public static SpeechFormat Mp3 => KnownValues[1];

    /// <summary>FLAC. Pieces of a long text can't be joined in it.</summary>
    public static SpeechFormat Flac => KnownValues[2];

    /// <summary>Ogg.</summary>
    public static SpeechFormat Ogg => KnownValues[3];

    /// <summary>µ-law, for telephony.</summary>
    public static SpeechFormat MuLaw => KnownValues[4];

    /// <inheritdoc/>
    public static ReadOnlySpan<SpeechFormat> Known => KnownValues;

    /// <summary>The media type that goes with it; <c>application/octet-stream</c> for one that is not known.</summary>
    [JsonIgnore]
    public string MediaType =>
        Value switch
        {
            "wav" => "audio/wav",
            "mp3" => "audio/mpeg",
            "flac" => "audio/flac",
            "ogg" => "audio/ogg",
            "mulaw" => "audio/basic",
            _ => "application/octet-stream",
        };

    /// <inheritdoc/>
    public static SpeechFormat Create(string value) => new(value);

    /// <summary>
    /// Reads a word or a media type with the names that are in use for one form: <c>audio/mpeg</c> is <c>mp3</c>, <c>audio/x-wav</c> is
    /// <c>wav</c>, <c>audio/basic</c> and <c>ulaw</c> are <c>mulaw</c>, <c>audio/l16</c> is <c>pcm</c>. Other words stay what they are.
    /// </summary>
    /// <param name="format">The word, or the media type with or without parameters, in any case.</param>
    /// <exception cref="ArgumentException"><paramref name="format"/> is empty or white space.</exception>
    public static SpeechFormat Parse(string format)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(format);
        string word = format.Split(';')[0].Trim().ToLowerInvariant();
        if (word.StartsWith("audio/", StringComparison.Ordinal))
            word = word["audio/".Length..];
        return new SpeechFormat(
            word switch
            {
                "mpeg" => "mp3",
                "x-wav" or "wave" or "vnd.wave" => "wav",
                "basic" or "ulaw" or "pcmu" => "mulaw",
                "pcma" => "alaw",
                "l16" => "pcm",
                _ => word,
            }
        );
    }

    /// <summary>Wraps a word, known or not.</summary>
    /// <param name="value">The word on the wire.</param>
    public static implicit operator SpeechFormat(string value) => new(value);

    /// <inheritdoc/>
    public override string ToString() => Value ?? "";
}
