namespace GroqKit.Bench.Client;

/// <summary>Gives one piece many times, then a last one; holds nothing else.</summary>
internal sealed class RepeatingStream(ReadOnlyMemory<byte> piece, long times, ReadOnlyMemory<byte> end) : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private long _given;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int written = 0;
        while (written < buffer.Length)
        {
            if (_rest.IsEmpty)
            {
                if (_given > times)
                    break;
                _rest = _given++ < times ? piece : end;
            }
            int count = Math.Min(_rest.Length, buffer.Length - written);
            _rest[..count].CopyTo(buffer[written..]);
            _rest = _rest[count..];
            written += count;
        }
        return new ValueTask<int>(written);
    }

    public override int Read(byte[] buffer, int offset, int count) =>
        throw new NotSupportedException("To be read asynchronously.");

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
