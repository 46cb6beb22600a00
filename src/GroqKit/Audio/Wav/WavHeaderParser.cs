using System.Buffers.Binary;

namespace GroqKit.Audio;

/// <summary>
/// Reads a WAV header from bytes that come in pieces of any size, and stops at the first byte of sound. Chunks that mean nothing
/// here (LIST, bext, fact, …) are skipped without being held.
/// </summary>
internal sealed class WavHeaderParser
{
    // sox writes 0x7FFFF000 when it cannot know the length; nobody has a real recording in this range by chance.
    private const uint SmallestPlaceholder = 0x7FFF_0000;
    private const uint LargestSignedPlaceholder = 0x7FFF_FFFF;
    private const int FormatBytesNeeded = 26;

    private readonly byte[] _buffer = new byte[FormatBytesNeeded];
    private Stage _stage = Stage.Riff;
    private int _held;
    private int _wanted = 12;
    private long _skip;
    private bool _odd;
    private long _position;
    private uint _riffSize;
    private long? _longDataSize;
    private WavFormat? _format;

    private enum Stage
    {
        Riff,
        Padding,
        ChunkHead,
        Format,
        LongSizes,
        Skip,
        Done,
    }

    /// <summary>The header, once all of it was seen.</summary>
    public WavHeader? Header { get; private set; }

    /// <summary>Where the sound begins, once the header is complete.</summary>
    public long DataOffset => _position;

    /// <summary>Takes header bytes and says how many: fewer than given when the sound begins within them.</summary>
    /// <exception cref="InvalidDataException">This is not a WAV file, or one in an encoding that can't be read.</exception>
    public int Consume(ReadOnlySpan<byte> bytes)
    {
        int used = 0;
        while (_stage != Stage.Done && used < bytes.Length)
        {
            ReadOnlySpan<byte> rest = bytes[used..];
            int taken = _stage switch
            {
                Stage.Skip => Skip(rest),
                Stage.Padding => SkipPadding(rest[0]),
                _ => Collect(rest),
            };
            used += taken;
            _position += taken;
            if (_stage is not (Stage.Skip or Stage.Padding) && _held == _wanted)
                Complete();
        }
        return used;
    }

    private int Skip(ReadOnlySpan<byte> bytes)
    {
        int taken = (int)Math.Min(_skip, bytes.Length);
        _skip -= taken;
        if (_skip == 0)
            EndChunk();
        return taken;
    }

    // A chunk of odd length is followed by a zero byte, which some writers leave out: no chunk's name begins with a zero.
    private int SkipPadding(byte next)
    {
        Expect(Stage.ChunkHead, 8);
        return next == 0 ? 1 : 0;
    }

    private int Collect(ReadOnlySpan<byte> bytes)
    {
        int taken = Math.Min(_wanted - _held, bytes.Length);
        bytes[..taken].CopyTo(_buffer.AsSpan(_held));
        _held += taken;
        return taken;
    }

    private void Complete()
    {
        switch (_stage)
        {
            case Stage.Riff:
                ReadRiff();
                break;
            case Stage.ChunkHead:
                ReadChunkHead(_buffer.AsSpan(0, 4), BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(4)));
                break;
            case Stage.Format:
                ReadFormat(_buffer.AsSpan(0, _held));
                Leave();
                break;
            case Stage.LongSizes:
                _longDataSize = (long)
                    Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(_buffer.AsSpan(8)), long.MaxValue);
                Leave();
                break;
        }
    }

    private void ReadRiff()
    {
        ReadOnlySpan<byte> head = _buffer;
        bool riff = head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8);
        if (!riff || !head[8..12].SequenceEqual("WAVE"u8))
            throw new InvalidDataException("This is not a WAV file: it does not begin with RIFF and WAVE.");
        _riffSize = BinaryPrimitives.ReadUInt32LittleEndian(head[4..]);
        Expect(Stage.ChunkHead, 8);
    }

    private void ReadChunkHead(ReadOnlySpan<byte> id, uint size)
    {
        _skip = size;
        _odd = (size & 1) == 1;
        if (id.SequenceEqual("data"u8))
        {
            WavFormat format =
                _format ?? throw new InvalidDataException("The WAV file has no fmt chunk before its data chunk.");
            Header = new WavHeader(format, DataLength(size));
            _stage = Stage.Done;
        }
        else if (id.SequenceEqual("fmt "u8))
        {
            if (size < 16)
                throw new InvalidDataException(
                    $"The fmt chunk of the WAV file has {size} bytes; at least 16 are needed."
                );
            Expect(Stage.Format, (int)Math.Min(size, FormatBytesNeeded));
        }
        else if (id.SequenceEqual("ds64"u8) && size >= 24)
        {
            Expect(Stage.LongSizes, 24);
        }
        else if (size == 0)
        {
            EndChunk();
        }
        else
        {
            _held = 0;
            _stage = Stage.Skip;
        }
    }

    private void ReadFormat(ReadOnlySpan<byte> chunk)
    {
        const int Extensible = 0xFFFE;
        int code = BinaryPrimitives.ReadUInt16LittleEndian(chunk);
        // The extensible form keeps the real code in the first two bytes of a GUID.
        if (code == Extensible && chunk.Length >= FormatBytesNeeded)
            code = BinaryPrimitives.ReadUInt16LittleEndian(chunk[24..]);
        var format = new WavFormat(
            (WavEncoding)code,
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(chunk[4..]), int.MaxValue),
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[2..]),
            BinaryPrimitives.ReadUInt16LittleEndian(chunk[14..])
        );
        if (format.Problem() is { } problem)
            throw new InvalidDataException($"The WAV file cannot be read: it has {problem}.");
        int blockAlign = BinaryPrimitives.ReadUInt16LittleEndian(chunk[12..]);
        if (blockAlign != 0 && blockAlign != format.BytesPerFrame)
            throw new InvalidDataException(
                $"The WAV file contradicts itself: frames of {blockAlign} bytes, but {format} needs {format.BytesPerFrame}."
            );
        _format = format;
    }

    private long? DataLength(uint size)
    {
        if (size == uint.MaxValue)
            return _longDataSize;
        if (size is >= SmallestPlaceholder and <= LargestSignedPlaceholder)
            return null;
        if (size != 0)
            return size;
        // Zero is what a writer leaves that was interrupted or could not go back, unless the file's own size says that
        // chunks follow an empty one.
        bool chunksFollow = _riffSize is not (0 or uint.MaxValue) && _riffSize + 8L > _position;
        return chunksFollow ? 0 : null;
    }

    private void Leave()
    {
        _skip -= _held;
        if (_skip > 0)
            _stage = Stage.Skip;
        else
            EndChunk();
    }

    private void EndChunk()
    {
        if (_odd)
            _stage = Stage.Padding;
        else
            Expect(Stage.ChunkHead, 8);
    }

    private void Expect(Stage stage, int count)
    {
        _stage = stage;
        _held = 0;
        _wanted = count;
    }
}
