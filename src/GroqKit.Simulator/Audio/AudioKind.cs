using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Audio;

/// <summary>Tells by its first bytes whether a file is audio at all.</summary>
internal static class AudioKind
{
    private const int BoxType = 4;

    /// <exception cref="ApiException">The bytes are those of no kind of audio that is taken.</exception>
    public static ReadOnlyMemory<byte> Check(ReadOnlyMemory<byte> file, string param)
    {
        if (file.IsEmpty)
            throw new ApiException(ApiErrors.Invalid($"{param} is empty", param));
        return IsAudio(file.Span)
            ? file
            : throw new ApiException(ApiErrors.Invalid("could not process file - is it a valid media file?", param));
    }

    private static bool IsAudio(ReadOnlySpan<byte> file)
    {
        if (file.Length > BoxType && file[BoxType..].StartsWith("ftyp"u8))
            return true;
        foreach (ReadOnlyMemory<byte> start in Starts)
        {
            if (file.StartsWith(start.Span))
                return true;
        }

        // The eleven set bits with which every frame of MPEG audio begins, AAC in ADTS included.
        return file.Length > 1 && file[0] == 0xFF && (file[1] & 0xE0) == 0xE0;
    }

    // RIFF (WAV), FLAC, Ogg (Opus and Vorbis), MP3 behind a tag, EBML (WebM).
    private static readonly ReadOnlyMemory<byte>[] Starts =
    [
        "RIFF"u8.ToArray(),
        "fLaC"u8.ToArray(),
        "OggS"u8.ToArray(),
        "ID3"u8.ToArray(),
        new byte[] { 0x1A, 0x45, 0xDF, 0xA3 },
    ];
}
