namespace GroqKit.Bench.Gateway.Endurance;

/// <summary>A recording of any length that takes no memory: an MP3's beginning, then zeros.</summary>
internal sealed class Silence(long length) : Stream
{
    private static ReadOnlySpan<byte> Beginning => "ID3\u0004\0\0\0\0\0\0"u8;

    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, length - _at);
        buffer[..count].Clear();
        if (_at == 0)
            Beginning[..Math.Min(count, Beginning.Length)].CopyTo(buffer);
        _at += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Read(buffer.Span));

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
