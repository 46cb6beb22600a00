using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>What the first bytes of a file say it is.</summary>
/// <param name="Format">The accepted format, or null.</param>
/// <param name="Refused">The name of a recognised format that Groq does not take, or null.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct AudioSignature(AudioFormat? Format, string? Refused = null)
{
    /// <summary>How many bytes of a file's beginning are worth looking at.</summary>
    public const int Length = 64;

    public static AudioSignature Of(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
            return At(head, 8, "WAVE"u8) ? new(AudioFormat.Wav) : new(null, "a RIFF file without WAVE sound");
        if (head.StartsWith("OggS"u8))
            return new(head.IndexOf("OpusHead"u8) >= 0 ? AudioFormat.Opus : AudioFormat.Ogg);
        if (head.StartsWith("fLaC"u8))
            return new(AudioFormat.Flac);
        if (head.StartsWith("ID3"u8))
            return new(AudioFormat.Mp3);
        if (At(head, 0, [0x1A, 0x45, 0xDF, 0xA3]))
            return new(AudioFormat.WebM);
        if (At(head, 4, "ftyp"u8))
            return new(At(head, 8, "M4A"u8) || At(head, 8, "M4B"u8) ? AudioFormat.M4a : AudioFormat.Mp4);
        if (At(head, 0, [0x00, 0x00, 0x01, 0xBA]) || At(head, 0, [0x00, 0x00, 0x01, 0xB3]))
            return new(AudioFormat.Mpeg);
        if (head.StartsWith("FORM"u8) && (At(head, 8, "AIFF"u8) || At(head, 8, "AIFC"u8)))
            return new(null, "AIFF");
        if (head.StartsWith("caff"u8))
            return new(null, "CAF");
        if (head.StartsWith("#!AMR"u8))
            return new(null, "AMR");
        if (At(head, 0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11]))
            return new(null, "WMA");
        return head.Length >= 3 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 ? MpegFrame(head) : default;
    }

    // Eleven set bits, two of version, two of layer, then bit rate and sample rate, of which some values are forbidden.
    private static AudioSignature MpegFrame(ReadOnlySpan<byte> head)
    {
        int version = (head[1] >> 3) & 3;
        int layer = (head[1] >> 1) & 3;
        if ((head[1] & 0xF6) == 0xF0)
            return new(null, "AAC without a container (ADTS)");
        bool possible = version != 1 && layer != 0 && head[2] >> 4 != 15 && ((head[2] >> 2) & 3) != 3;
        return possible ? new(AudioFormat.Mp3) : default;
    }

    private static bool At(ReadOnlySpan<byte> head, int position, ReadOnlySpan<byte> mark) =>
        head.Length >= position + mark.Length && head.Slice(position, mark.Length).SequenceEqual(mark);
}
