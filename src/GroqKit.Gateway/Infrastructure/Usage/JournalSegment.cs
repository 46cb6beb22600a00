using System.IO.MemoryMappedFiles;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// One file of the journal, mapped into memory while it is written: a record is a copy, not a system call, and from then on belongs
/// to the operating system, whatever happens to this process. All its room is taken from the disk at once, because a write into a
/// mapped hole on a full disk would end the process.
/// </summary>
internal sealed class JournalSegment : IDisposable
{
    /// <summary>Where the first frame is.</summary>
    public const int HeaderSize = 64;

    /// <summary>Where in the header the place of the first frame not yet shipped is.</summary>
    public const int CursorOffset = 16;

    private static ReadOnlySpan<byte> Magic => "GroqKitUsage\0\0\0\u0001"u8;

    private readonly MemoryMappedFile? _file;
    private readonly MemoryMappedViewAccessor? _view;
    private readonly long _capacity;
    private long _end;
    private long _synced;

    private JournalSegment(string path, long sequence, long end)
    {
        Path = path;
        Sequence = sequence;
        _end = _capacity = end;
    }

    private JournalSegment(string path, long sequence, MemoryMappedFile file, long capacity)
    {
        Path = path;
        Sequence = sequence;
        _file = file;
        _view = file.CreateViewAccessor(0, capacity);
        _capacity = capacity;
        _end = HeaderSize;
        _view.SafeMemoryMappedViewHandle.WriteSpan<byte>(0, Magic);
        _view.Write(CursorOffset, (long)HeaderSize);
    }

    public string Path { get; }

    public long Sequence { get; }

    /// <summary>Where the next frame goes; up to here all is written.</summary>
    public long End => Volatile.Read(ref _end);

    public long Free => _capacity - End;

    /// <exception cref="IOException">There is no room on the disk, or the file can't be made.</exception>
    public static JournalSegment Create(string path, long sequence, long capacity)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            PreallocationSize = capacity,
            BufferSize = 0,
        };
        // It names callers' own users, as the database does, and others of the machine may read neither.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        try
        {
            file.SetLength(capacity);
            var mapped = MemoryMappedFile.CreateFromFile(
                file,
                mapName: null,
                capacity,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: false
            );
            return new JournalSegment(path, sequence, mapped, capacity);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }
    }

    /// <summary>A segment that an earlier process left. It is only read.</summary>
    public static JournalSegment Recover(string path, long sequence) => new(path, sequence, new FileInfo(path).Length);

    /// <summary>Adds a frame; not for two threads at once.</summary>
    /// <returns>False when there is no room.</returns>
    public bool TryAppend(ReadOnlySpan<byte> payload)
    {
        long at = _end;
        int size = JournalFrame.SizeOf(payload.Length);
        if (_view is null || size > _capacity - at)
            return false;
        var memory = _view.SafeMemoryMappedViewHandle;
        memory.WriteSpan((ulong)at + JournalFrame.HeaderSize, payload);
        memory.Write((ulong)at + JournalFrame.ChecksumOffset, JournalFrame.Checksum(payload, Sequence, at));
        // The mark that makes it count comes after everything it vouches for.
        Volatile.WriteBarrier();
        memory.Write((ulong)at, (uint)payload.Length);
        Volatile.Write(ref _end, at + size);
        return true;
    }

    /// <summary>Waits until all that is written is on the disk itself, if anything new is.</summary>
    public void Sync()
    {
        long end = End;
        if (_view is null || end == _synced)
            return;
        _view.Flush();
        _synced = end;
    }

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }
}
