using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>A recording to be heard: a file, bytes, a stream, or an address from which Groq fetches it.</summary>
/// <remarks>
/// Groq judges a file by the extension of its name alone. The name that is sent is therefore mended: by the content where its first bytes
/// show what it is, else by the given name.
/// </remarks>
public sealed class AudioInput
{
    private readonly string? _fileName;

    private AudioInput(UploadSource? source, string? url, string? fileName)
    {
        Source = source;
        Url = url;
        _fileName = fileName;
    }

    /// <summary>What Groq fetches or decodes by itself; null for a recording that is attached.</summary>
    public string? Url { get; }

    /// <summary>The name of the file, as given or as found; null when there is none.</summary>
    public string? FileName => _fileName ?? Source?.Name;

    /// <summary>Bytes of the attached recording; null when it has an address, or when only reading will tell.</summary>
    public long? Length => Source?.Length;

    /// <summary>Whether a failed call can always be repeated. False only for a stream that can't seek: it is sent once, and tried again only while none of it was read.</summary>
    public bool CanRepeat => Source?.CanRepeat ?? true;

    internal UploadSource? Source { get; }

    /// <summary>A file of the file system. It is read while it is sent, and opened anew for every attempt.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="fileName">Another name to send it under. Default: its own.</param>
    public static AudioInput FromFile(string path, string? fileName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new AudioInput(new FileSource(path), null, fileName);
    }

    /// <summary>A recording in memory, which isn't copied.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="fileName">Its name. Default: made from the format that the content shows.</param>
    public static AudioInput FromBytes(ReadOnlyMemory<byte> content, string? fileName = null) =>
        new(new BytesSource(content), null, fileName);

    /// <summary>
    /// A stream, from where it stands, sent while it is read. It stays open. One that can seek may be sent again when an attempt fails;
    /// any other is sent once, and its call isn't repeated.
    /// </summary>
    /// <param name="stream">For one call at a time.</param>
    /// <param name="fileName">Its name. Default: that of the file it reads, else made from the format that the content shows.</param>
    public static AudioInput FromStream(Stream stream, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new AudioInput(new StreamSource(stream), null, fileName);
    }

    /// <summary>A WAV recording in memory.</summary>
    /// <param name="audio">The recording.</param>
    public static AudioInput FromWav(WavAudio audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        return FromBytes(audio.ToArray(), "audio.wav");
    }

    /// <summary>An address from which Groq fetches the recording: the only way for files above 25 MB, and in batches.</summary>
    /// <param name="url">An https address, a data URL, or Base64URL text.</param>
    public static AudioInput FromUrl(string url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return new AudioInput(null, url, null);
    }

    /// <summary>As <see cref="FromUrl(string)"/>.</summary>
    /// <param name="url">An https address.</param>
    public static AudioInput FromUrl(Uri url)
    {
        ArgumentNullException.ThrowIfNull(url);
        return FromUrl(url.OriginalString);
    }

    /// <summary>A recording in memory, sent within the request as Base64URL text: how a batch carries audio that has no address.</summary>
    /// <param name="content">All of it. The text is a third longer.</param>
    public static AudioInput FromBase64Url(ReadOnlySpan<byte> content) =>
        FromUrl(Convert.ToBase64String(content).TrimEnd('=').Replace('+', '-').Replace('/', '_'));

    /// <summary>As <see cref="FromUrl(Uri)"/>.</summary>
    /// <param name="url">An https address.</param>
    public static implicit operator AudioInput(Uri url) => FromUrl(url);

    internal static AudioInput FromSource(UploadSource source, string fileName) => new(source, null, fileName);

    /// <summary>Names the recording, and shows nothing of its content.</summary>
    public override string ToString() =>
        FileName
        ?? (
            Url is null ? "audio"
            : Url.StartsWith("http", StringComparison.OrdinalIgnoreCase) ? Url
            : "data"
        );
}
