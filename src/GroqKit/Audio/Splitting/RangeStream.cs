namespace GroqKit.Audio;

/// <summary>A header, then a number of bytes of a stream, which is closed with this one.</summary>
internal sealed class RangeStream(Stream inner, ReadOnlyMemory<byte> header, long count) : Stream
{
    private ReadOnlyMemory<byte> _header = header;
    private long _rest = count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_header.IsEmpty)
        {
            int taken = Math.Min(buffer.Length, _header.Length);
            _header[..taken].CopyTo(buffer);
            _header = _header[taken..];
            return taken;
        }
        int wanted = (int)Math.Min(buffer.Length, _rest);
        int read = await inner.ReadAsync(buffer[..wanted], cancellationToken).ConfigureAwait(false);
        _rest -= read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
