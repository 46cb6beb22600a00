namespace GroqKit.Audio;

/// <summary>A kind of audio file that Groq takes. Groq judges by the extension of the file name alone, never by the media type.</summary>
public sealed class AudioFormat
{
    private static readonly AudioFormat[] All =
    [
        new("wav", "audio/wav", "wav"),
        new("mp3", "audio/mpeg", "mpeg"),
        new("m4a", "audio/mp4", "mp4"),
        new("mp4", "audio/mp4", "mp4"),
        new("mpeg", "audio/mpeg", "mpeg"),
        new("mpga", "audio/mpeg", "mpeg"),
        new("flac", "audio/flac", "flac"),
        new("ogg", "audio/ogg", "ogg"),
        new("opus", "audio/ogg", "ogg"),
        new("webm", "audio/webm", "webm"),
    ];

    private AudioFormat(string extension, string mediaType, string family)
    {
        Extension = extension;
        MediaType = mediaType;
        Family = family;
    }

    /// <summary>Every format that Groq takes.</summary>
    public static IReadOnlyList<AudioFormat> Accepted => All;

    /// <summary>RIFF WAVE.</summary>
    public static AudioFormat Wav => All[0];

    /// <summary>MPEG audio.</summary>
    public static AudioFormat Mp3 => All[1];

    /// <summary>MPEG-4 with sound only.</summary>
    public static AudioFormat M4a => All[2];

    /// <summary>MPEG-4, with or without pictures.</summary>
    public static AudioFormat Mp4 => All[3];

    /// <summary>MPEG audio or programme stream.</summary>
    public static AudioFormat Mpeg => All[4];

    /// <summary>MPEG audio.</summary>
    public static AudioFormat Mpga => All[5];

    /// <summary>FLAC, without loss.</summary>
    public static AudioFormat Flac => All[6];

    /// <summary>Ogg, usually with Vorbis in it.</summary>
    public static AudioFormat Ogg => All[7];

    /// <summary>Ogg with Opus in it.</summary>
    public static AudioFormat Opus => All[8];

    /// <summary>WebM, as browsers record it.</summary>
    public static AudioFormat WebM => All[9];

    /// <summary>The file name extension, in lower case and without a dot.</summary>
    public string Extension { get; }

    /// <summary>The media type that goes with it.</summary>
    public string MediaType { get; }

    /// <summary>Formats of one family have the same content under several names.</summary>
    internal string Family { get; }

    /// <summary>The format that a file name announces; null when Groq would refuse the name.</summary>
    /// <param name="fileName">A name with or without folders; upper and lower case are the same.</param>
    public static AudioFormat? FromFileName(string? fileName)
    {
        ReadOnlySpan<char> extension = Path.GetExtension(fileName.AsSpan()).TrimStart('.');
        foreach (AudioFormat format in All)
        {
            if (extension.Equals(format.Extension, StringComparison.OrdinalIgnoreCase))
                return format;
        }
        return null;
    }

    /// <summary>The format that the content shows; null when it is none that Groq takes, or can't be told.</summary>
    /// <param name="beginning">The first bytes of the file; 64 are enough.</param>
    public static AudioFormat? FromContent(ReadOnlySpan<byte> beginning) => AudioSignature.Of(beginning).Format;

    /// <summary>
    /// The format that the content shows, where it may as well be bare samples: those may begin with what looks like a frame of MPEG audio, so that it
    /// takes a tag before it, or another frame behind it.
    /// </summary>
    /// <param name="beginning">The first bytes of the file; 2,885 are enough.</param>
    /// <param name="mayBeSamples">Whether it may; false is the same as <see cref="FromContent(ReadOnlySpan{byte})"/>.</param>
    public static AudioFormat? FromContent(ReadOnlySpan<byte> beginning, bool mayBeSamples)
    {
        AudioFormat? format = FromContent(beginning);
        bool isMarked = format != Mp3 || beginning.StartsWith("ID3"u8) || MpegFrames.Follow(beginning);
        return isMarked || !mayBeSamples ? format : null;
    }

    /// <summary>The extension, for example "wav".</summary>
    public override string ToString() => Extension;
}
