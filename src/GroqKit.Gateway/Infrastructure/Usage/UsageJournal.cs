using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// The journal of accounts. Any thread writes; one thread keeps it (syncs, makes the next segment); one thread reads and commits.
/// </summary>
/// <remarks>
/// A record is safe from a crash of the process as soon as <see cref="Record"/> returns, and from a power failure after the next
/// <see cref="Keep"/>. When the room that the options allow, or the disk, is used up, <see cref="HasRoom"/> says so while a quarter of
/// a segment is still free for the calls that are running.
/// </remarks>
internal sealed partial class UsageJournal : IUsageJournal, IDisposable
{
    private const int BufferSize = 8 * 1024;

    private readonly JournalDirectory _directory;
    private readonly JournalOptions _options;
    private readonly ILogger<UsageJournal> _logger;
    private readonly Lock _gate = new();
    private readonly Queue<JournalSegment> _unshipped = new();
    private readonly Queue<JournalSegment> _full = new();
    private JournalSegment? _current;
    private JournalSegment? _next;
    private SegmentReader? _reader;
    private readonly List<UsageRecord> _read = [];
    private long _sequence;
    private long _lost;
    private bool _diskFailed;
    private int _closed;

    /// <exception cref="JournalException">The folder can't be written, or there is no room for the first segment.</exception>
    public UsageJournal(JournalOptions options, ILogger<UsageJournal> logger)
    {
        _options = options;
        _logger = logger;
        try
        {
            _directory = JournalDirectory.Take(options.Directory);
            foreach (long sequence in _directory.Sequences())
            {
                _unshipped.Enqueue(JournalSegment.Recover(_directory.PathOf(sequence), sequence));
                _sequence = sequence;
            }
            if (CanCreate)
                Begin(Create());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JournalException(options.Directory, failure);
        }
        Keep();
    }

    /// <summary>Records that found no room: calls that were given away. Stays 0 unless <see cref="HasRoom"/> is ignored.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    public bool HasRoom =>
        Volatile.Read(ref _next) is not null
        || Volatile.Read(ref _current) is { } current && current.Free >= _options.SegmentBytes / 4;

    /// <summary>Bytes in segments that aren't yet shipped to their end.</summary>
    public long PendingBytes
    {
        get
        {
            lock (_gate)
                return _unshipped.Sum(segment => segment.End - JournalSegment.HeaderSize);
        }
    }

    private bool CanCreate => (_unshipped.Count + 1L) * _options.SegmentBytes <= _options.MaxBytes;

    public void Record(in UsageRecord record)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int length = RecordWriter.Write(in record, buffer);
        bool kept;
        lock (_gate)
            kept = TryAppend(buffer.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(buffer);
        if (kept)
            return;
        Interlocked.Increment(ref _lost);
        RecordLost(record.RequestId, record.KeyId, record.Cost);
    }

    /// <summary>Syncs what was written to the disk, and has the next segment ready before it is needed.</summary>
    public void Keep()
    {
        while (TryTakeFull(out JournalSegment? full))
        {
            full.Sync();
            full.Dispose();
        }
        Volatile.Read(ref _current)?.Sync();
        if (_next is not null)
            return;
        lock (_gate)
        {
            if (!CanCreate)
                return;
        }
        TryPrepare();
    }

    /// <summary>The oldest records that aren't committed, or null when there are none now. Valid until the next read.</summary>
    public JournalBatch? Read(int max)
    {
        // Large enough that a new one for every batch would cost collections of the oldest generation.
        List<UsageRecord> records = _read;
        records.Clear();
        while (true)
        {
            JournalSegment? segment;
            bool isCurrent;
            lock (_gate)
            {
                if (!_unshipped.TryPeek(out segment))
                    return null;
                isCurrent = segment == _current;
            }
            _reader ??= new SegmentReader(segment.Path, segment.Sequence);
            long end = segment.End;
            _reader.Read(end, records, max);
            if (records.Count > 0)
                return new JournalBatch(records, segment.Sequence, _reader.Position);
            if (isCurrent)
                return null;
            Remove(segment, _reader);
        }
    }

    /// <summary>The records are stored; they won't be read again.</summary>
    public void Commit(JournalBatch batch) => _reader!.Commit(batch.Position);

    /// <summary>Goes on in another segment, so that the present one is deleted as soon as it is shipped to its end.</summary>
    public void Turn()
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _closed) != 0 || _current is null || (_next is null && !TryPrepare()))
                return;
            _full.Enqueue(_current);
            Begin(_next!);
            _next = null;
        }
    }

    /// <summary>The records couldn't be stored; the next read brings them again.</summary>
    public void Return()
    {
        _reader?.Dispose();
        _reader = null;
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0)
            return;
        Keep();
        lock (_gate)
            _current = null;
        _reader?.Dispose();
        foreach (JournalSegment segment in _unshipped)
            segment.Dispose();
        if (_next is { } unused)
        {
            unused.Dispose();
            File.Delete(unused.Path);
        }
        _directory.Dispose();
    }

    private bool TryAppend(ReadOnlySpan<byte> payload)
    {
        if (_current?.TryAppend(payload) == true)
            return true;
        if (Volatile.Read(ref _closed) != 0 || (_next is null && (!CanCreate || !TryPrepare())))
            return false;
        if (_current is not null)
            _full.Enqueue(_current);
        Begin(_next!);
        _next = null;
        return _current!.TryAppend(payload);
    }

    private void Begin(JournalSegment segment)
    {
        _unshipped.Enqueue(segment);
        Volatile.Write(ref _current, segment);
    }

    private JournalSegment Create()
    {
        long sequence = Interlocked.Increment(ref _sequence);
        return JournalSegment.Create(_directory.PathOf(sequence), sequence, _options.SegmentBytes);
    }

    private bool TryPrepare()
    {
        try
        {
            JournalSegment made = Create();
            lock (_gate)
                _next = made;
            _diskFailed = false;
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            if (!_diskFailed)
                DiskFailed(failure);
            _diskFailed = true;
            return false;
        }
    }

    private bool TryTakeFull([NotNullWhen(true)] out JournalSegment? full)
    {
        lock (_gate)
            return _full.TryDequeue(out full);
    }

    private void Remove(JournalSegment segment, SegmentReader reader)
    {
        _reader = null;
        reader.Dispose();
        lock (_gate)
            _unshipped.Dequeue();
        if (reader.Unreadable == 0)
        {
            File.Delete(segment.Path);
            return;
        }
        string aside = segment.Path + ".unreadable";
        File.Move(segment.Path, aside, overwrite: true);
        Unreadable(reader.Unreadable, aside);
    }

    [LoggerMessage(
        20,
        LogLevel.Critical,
        "{RequestId}: the journal is full, the account of key {Key} over {Cost} dollars is lost"
    )]
    private partial void RecordLost(string requestId, string key, decimal? cost);

    [LoggerMessage(
        21,
        LogLevel.Error,
        "The usage journal can't get more room on the disk; calls are refused once it is full"
    )]
    private partial void DiskFailed(Exception failure);

    [LoggerMessage(
        22,
        LogLevel.Warning,
        "{Bytes} bytes of the usage journal can't be read, which a crash in mid-write explains if they are few. The file is kept as {File}"
    )]
    private partial void Unreadable(long bytes, string file);
}
