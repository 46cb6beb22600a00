using System.Buffers.Binary;
using GroqKit.Gateway.Services.Usage;
using Microsoft.Win32.SafeHandles;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// Reads the records of one segment, and keeps in its header how far they were shipped. Bytes that are no whole frame are passed over:
/// the end of a record that a crash cut off, or pages that a power failure kept from the disk.
/// </summary>
internal sealed class SegmentReader : IDisposable
{
    private const int ChunkSize = 128 * 1024;
    private const int Alignment = 8;

    private readonly SafeFileHandle _file;
    private readonly long _sequence;
    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly RepeatedTexts _texts = new();

    public SegmentReader(string path, long sequence)
    {
        _file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        _sequence = sequence;
        Position = ReadCursor();
    }

    /// <summary>Before it everything was read or passed over.</summary>
    public long Position { get; private set; }

    /// <summary>Bytes passed over that weren't zero.</summary>
    public long Unreadable { get; private set; }

    /// <summary>Adds the next records to a list.</summary>
    /// <param name="end">How far to read.</param>
    /// <param name="records">Gets them.</param>
    /// <param name="max">As many as the list may then hold.</param>
    /// <returns>False when there is nothing more up to <paramref name="end"/>.</returns>
    public bool Read(long end, List<UsageRecord> records, int max)
    {
        while (Position < end && records.Count < max)
        {
            int length = RandomAccess.Read(_file, _chunk.AsSpan(0, (int)Math.Min(ChunkSize, end - Position)), Position);
            if (length == 0)
                break;
            bool last = Position + length >= end;
            int used = Take(_chunk.AsSpan(0, length), last, records, max);
            Position += used;
            if (used == 0)
                break;
        }
        return Position < end;
    }

    /// <summary>Remembers that everything up to here is stored elsewhere.</summary>
    public void Commit(long position)
    {
        Span<byte> cursor = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(cursor, position);
        RandomAccess.Write(_file, cursor, JournalSegment.CursorOffset);
    }

    /// <summary>Reads from a place again.</summary>
    public void Return(long position) => Position = position;

    public void Dispose() => _file.Dispose();

    private int Take(ReadOnlySpan<byte> bytes, bool last, List<UsageRecord> records, int max)
    {
        int at = 0;
        while (bytes.Length - at >= JournalFrame.HeaderSize && records.Count < max)
        {
            ReadOnlySpan<byte> rest = bytes[at..];
            if (JournalFrame.TryRead(rest, _sequence, Position + at, out ReadOnlySpan<byte> payload))
            {
                if (RecordReader.TryRead(payload, _texts, out UsageRecord record))
                    records.Add(record);
                else
                    Unreadable += payload.Length;
                at += JournalFrame.SizeOf(payload.Length);
            }
            else if (!last && JournalFrame.SizeOf(JournalFrame.ClaimedPayload(rest)) > rest.Length)
            {
                return at;
            }
            else
            {
                at += PassOver(rest);
            }
        }
        return last && records.Count < max ? bytes.Length : at;
    }

    private int PassOver(ReadOnlySpan<byte> bytes)
    {
        int zeros = bytes.IndexOfAnyExcept((byte)0);
        if (zeros >= Alignment)
            return zeros / Alignment * Alignment;
        if (zeros < 0)
            return bytes.Length / Alignment * Alignment;
        Unreadable += Alignment;
        return Alignment;
    }

    private long ReadCursor()
    {
        Span<byte> cursor = stackalloc byte[sizeof(long)];
        long length = RandomAccess.GetLength(_file);
        if (RandomAccess.Read(_file, cursor, JournalSegment.CursorOffset) < cursor.Length)
            return JournalSegment.HeaderSize;
        long position = BinaryPrimitives.ReadInt64LittleEndian(cursor);
        bool plausible = position >= JournalSegment.HeaderSize && position <= length && position % Alignment == 0;
        return plausible ? position : JournalSegment.HeaderSize;
    }
}
