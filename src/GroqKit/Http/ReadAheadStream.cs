namespace GroqKit.Http;

/// <summary>Keeps what is read through it, up to a limit. Where the limit is reached it pretends to end.</summary>
internal sealed class ReadAheadStream(Stream inner, int limit) : Stream
{
    private readonly MemoryStream _kept = new();

    public ReadOnlyMemory<byte> Kept => _kept.GetBuffer().AsMemory(0, (int)_kept.Length);

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
        int room = (int)Math.Min(buffer.Length, limit - _kept.Length);
        if (room == 0)
            return 0;
        int read = await inner.ReadAsync(buffer[..room], cancellationToken).ConfigureAwait(false);
        _kept.Write(buffer.Span[..read]);
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
