using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Files;

/// <summary>
/// What a long work has finished: a JSON object a line, on the disk before the work goes on, so that the next run continues after any death of this one.
/// One process at a time has it open. Adding is safe for all threads.
/// </summary>
internal sealed class Journal<T> : IDisposable
    where T : class
{
    private const int LockedOnLinux = 11;
    private const int LockedOnMac = 35;
    private const int LockedOnWindows = unchecked((int)0x80070020);

    private readonly FileStream _file;
    private readonly JsonTypeInfo<T> _type;
    private readonly Lock _gate = new();

    private Journal(FileStream file, JsonTypeInfo<T> type)
    {
        _file = file;
        _type = type;
        Entries = Read();
    }

    /// <summary>What earlier runs have finished, the oldest first.</summary>
    public IReadOnlyList<T> Entries { get; }

    /// <exception cref="UsageException">Another process is at it.</exception>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static Journal<T> Open(string path, JsonTypeInfo<T> type)
    {
        try
        {
            return new Journal<T>(
                new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None),
                type
            );
        }
        catch (IOException error) when (error.HResult is LockedOnLinux or LockedOnMac or LockedOnWindows)
        {
            throw new UsageException($"another groqkit is at work here: {path} is in use");
        }
    }

    public void Add(T entry)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(entry, _type), (byte)'\n'];
        lock (_gate)
        {
            _file.Write(line);
            _file.Flush(flushToDisk: true);
        }
    }

    public void Dispose() => _file.Dispose();

    // A line that a death cut off has no end and is dropped; what it was about was not finished.
    private List<T> Read()
    {
        byte[] content = new byte[_file.Length];
        _file.ReadExactly(content);
        int end = content.AsSpan().LastIndexOf((byte)'\n') + 1;
        _file.SetLength(end);
        List<T> entries = [];
        foreach (Range range in content.AsSpan(0, end).Split((byte)'\n'))
        {
            if (Parse(content.AsSpan(range)) is { } entry)
                entries.Add(entry);
        }
        return entries;
    }

    private T? Parse(ReadOnlySpan<byte> line)
    {
        try
        {
            return line.IsEmpty ? null : JsonSerializer.Deserialize(line, _type);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
