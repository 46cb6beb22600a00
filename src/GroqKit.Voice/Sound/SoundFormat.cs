using System.Globalization;
using System.Runtime.InteropServices;

namespace GroqKit.Voice;

/// <summary>How the sound of an answer is written: one form from its beginning to its end, whoever speaks. Always mono.</summary>
/// <param name="Coding">How a sample is stored.</param>
/// <param name="SampleRate">Samples a second, 8,000 to 48,000.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct SoundFormat(SoundCoding Coding, int SampleRate)
{
    /// <summary>16-bit samples without a header, 24,000 a second.</summary>
    public static SoundFormat Default => new(SoundCoding.Pcm16, 24_000);

    /// <summary>The media type that says all of it.</summary>
    public string MediaType =>
        Coding switch
        {
            SoundCoding.Wav => "audio/wav",
            SoundCoding.MuLaw => string.Create(CultureInfo.InvariantCulture, $"audio/basic;rate={SampleRate}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"audio/pcm;rate={SampleRate}"),
        };

    /// <summary>The bytes of one sample.</summary>
    public int BytesPerSample => Coding == SoundCoding.MuLaw ? 1 : 2;

    /// <summary>Reads a form's name: <c>pcm16</c>, <c>pcm_16000</c>, <c>wav</c>, <c>wav_48000</c>, <c>mulaw</c>, or a media type with a rate.</summary>
    /// <param name="text">The name; upper and lower case are the same.</param>
    /// <param name="format">The form; the default's rate where the name has none, 8,000 for µ-law.</param>
    /// <returns>False when there is no such form, or its rate is out of range.</returns>
    public static bool TryParse(string? text, out SoundFormat format)
    {
        format = Default;
        if (string.IsNullOrWhiteSpace(text))
            return false;
        string name = text.Trim().ToLowerInvariant();
        int? rate = null;
        if (name.StartsWith("audio/", StringComparison.Ordinal))
        {
            string[] parts = name["audio/".Length..].Split(';', StringSplitOptions.TrimEntries);
            name = parts[0];
            foreach (string part in parts.Skip(1))
            {
                if (part.StartsWith("rate=", StringComparison.Ordinal) && !ParseRate(part["rate=".Length..], out rate))
                    return false;
            }
        }
        else if (name.LastIndexOf('_') is var cut and > 0 && !name.StartsWith("g711", StringComparison.Ordinal))
        {
            if (!ParseRate(name[(cut + 1)..], out rate))
                return false;
            name = name[..cut];
        }
        SoundCoding? coding = name switch
        {
            "pcm" or "pcm16" or "l16" => SoundCoding.Pcm16,
            "wav" or "wave" or "x-wav" or "vnd.wave" => SoundCoding.Wav,
            "mulaw" or "ulaw" or "basic" or "pcmu" or "g711_ulaw" => SoundCoding.MuLaw,
            _ => null,
        };
        if (coding is not { } known)
            return false;
        format = new SoundFormat(known, rate ?? (known == SoundCoding.MuLaw ? 8_000 : Default.SampleRate));
        return format.SampleRate is >= 8_000 and <= 48_000;
    }

    /// <summary>How long a number of samples plays.</summary>
    /// <param name="samples">Samples.</param>
    public TimeSpan DurationOf(long samples) =>
        TimeSpan.FromTicks((long)((Int128)samples * TimeSpan.TicksPerSecond / SampleRate));

    private static bool ParseRate(string text, out int? rate)
    {
        rate = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;
        return rate is not null;
    }
}
