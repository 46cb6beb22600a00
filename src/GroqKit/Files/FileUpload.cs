using GroqKit.Http;

namespace GroqKit.Files;

/// <summary>A file to be sent: of the file system, of memory, or a stream. Whatever its size, only a small buffer of it is in memory.</summary>
public sealed class FileUpload
{
    private readonly string? _fileName;

    private FileUpload(UploadSource source, string? fileName)
    {
        Source = source;
        _fileName = fileName;
    }

    /// <summary>The name that it is sent under, as given or as found; null when there is none.</summary>
    public string? FileName => _fileName ?? Source.Name;

    /// <summary>Its size in bytes; null when only reading will tell.</summary>
    public long? Length => Source.Length;

    /// <summary>Whether a failed call can always be repeated. False only for a stream that can't seek: it is sent once, and tried again only while none of it was read.</summary>
    public bool CanRepeat => Source.CanRepeat;

    internal UploadSource Source { get; }

    /// <summary>A file of the file system. It is read while it is sent, and opened anew for every attempt.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="fileName">Another name to send it under. Default: its own.</param>
    public static FileUpload FromFile(string path, string? fileName = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new FileUpload(new FileSource(path), fileName);
    }

    /// <summary>A file in memory, which is not copied.</summary>
    /// <param name="content">All of it.</param>
    /// <param name="fileName">Its name, such as <c>input.jsonl</c>.</param>
    public static FileUpload FromBytes(ReadOnlyMemory<byte> content, string fileName) =>
        new(new BytesSource(content), fileName);

    /// <summary>
    /// A stream, from where it stands, sent while it is read. It stays open. One that can seek may be sent again when an attempt fails; any
    /// other is sent once, and its call is not repeated.
    /// </summary>
    /// <param name="stream">For one call at a time.</param>
    /// <param name="fileName">Its name. Default: that of the file it reads.</param>
    public static FileUpload FromStream(Stream stream, string? fileName = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new FileUpload(new StreamSource(stream), fileName);
    }

    /// <summary>Names the file, and shows nothing of its content.</summary>
    public override string ToString() => FileName ?? "file";
}
