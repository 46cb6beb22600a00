using System.Globalization;
using GroqKit.Audio;

namespace GroqKit.Voice.Hearing;

/// <summary>Reads the media types of sound that has no header.</summary>
internal static class BareSound
{
    private const int SlowestRate = 8_000;
    private const int FastestRate = 192_000;

    /// <summary>The shape of bare samples; null when the type is none of theirs.</summary>
    /// <exception cref="VoiceException">The rate or the number of channels is none that can be.</exception>
    public static WavFormat? Find(string? mediaType)
    {
        if (string.IsNullOrWhiteSpace(mediaType))
            return null;
        string[] parts = mediaType.ToLowerInvariant().Split(';', StringSplitOptions.TrimEntries);
        WavFormat? kind = parts[0] switch
        {
            "audio/pcm" or "audio/l16" or "audio/x-pcm" or "pcm16" or "pcm" => WavFormat.Pcm16(16_000),
            "audio/basic" or "audio/pcmu" or "audio/x-mulaw" or "g711_ulaw" or "mulaw" => new WavFormat(
                WavEncoding.MuLaw,
                SlowestRate,
                1,
                8
            ),
            "audio/pcma" or "audio/x-alaw-basic" or "g711_alaw" or "alaw" => new WavFormat(
                WavEncoding.ALaw,
                SlowestRate,
                1,
                8
            ),
            _ => null,
        };
        if (kind is not { } format)
            return null;
        int rate = Number(parts, "rate=") ?? format.SampleRate;
        int channels = Number(parts, "channels=") ?? 1;
        return Check(format with { SampleRate = rate, Channels = channels });
    }

    /// <exception cref="VoiceException">Speech can't have this shape.</exception>
    public static WavFormat Check(WavFormat format)
    {
        if (format.SampleRate is < SlowestRate or > FastestRate)
            throw Wrong(
                $"audio: a sample rate of {format.SampleRate} Hz; {SlowestRate} to {FastestRate} are possible."
            );
        return format.Channels is >= 1 and <= 8
            ? format
            : throw Wrong($"audio: {format.Channels} channels; 1 to 8 are possible.");
    }

    public static VoiceException Wrong(string message, Exception? cause = null) =>
        new(VoiceErrorCodes.UnsupportedAudio, VoiceStage.Input, message, innerException: cause);

    private static int? Number(string[] parts, string name)
    {
        foreach (string part in parts)
        {
            if (!part.StartsWith(name, StringComparison.Ordinal))
                continue;
            string text = part[name.Length..].Trim('"');
            return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value)
                ? value
                : throw Wrong($"audio: '{part}' is no number.");
        }
        return null;
    }
}
