namespace GroqKit.Audio;

/// <summary>MP3 frames follow each other; a tag before them has no place within the file.</summary>
internal sealed class Mp3PieceJoiner : PieceJoiner
{
    private const int TagHeader = 10;

    private readonly byte[] _head = new byte[TagHeader];
    private int _held;
    private bool _isFirst = true;
    private long _skip;

    public override void BeginPiece()
    {
        _isFirst = _held == 0 && _isFirst;
        _held = 0;
        _skip = 0;
    }

    public override ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes)
    {
        if (_isFirst)
        {
            _held = TagHeader;
            return bytes;
        }
        byte[]? head = null;
        if (_held < TagHeader)
        {
            int taken = Math.Min(TagHeader - _held, bytes.Length);
            bytes.Span[..taken].CopyTo(_head.AsSpan(_held));
            _held += taken;
            bytes = bytes[taken..];
            if (_held < TagHeader)
                return default;
            if (_head.AsSpan().StartsWith("ID3"u8))
                _skip = TagLength();
            else
                head = _head;
        }
        int skipped = (int)Math.Min(_skip, bytes.Length);
        _skip -= skipped;
        bytes = bytes[skipped..];
        return head is null ? bytes : (byte[])[.. head, .. bytes.Span];
    }

    // Four bytes of seven bits each.
    private long TagLength() => (_head[6] << 21) | (_head[7] << 14) | (_head[8] << 7) | _head[9];
}
