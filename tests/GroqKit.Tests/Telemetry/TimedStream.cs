using System.Text;

namespace GroqKit.Tests.Telemetry;

/// <summary>Gives texts one after the other, each after the clock has moved; then ends, or breaks.</summary>
internal sealed class TimedStream(
    ManualTimeProvider clock,
    TimeSpan pace,
    IEnumerable<string> texts,
    Exception? error = null
) : Stream
{
    private readonly Queue<byte[]> _texts = new(texts.Select(Encoding.UTF8.GetBytes));
    private ReadOnlyMemory<byte> _rest;

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
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<int>(cancellationToken);
        if (_rest.IsEmpty)
        {
            clock.Advance(pace);
            if (!_texts.TryDequeue(out byte[]? next))
                return error is null ? new ValueTask<int>(0) : ValueTask.FromException<int>(error);
            _rest = next;
        }
        int count = Math.Min(_rest.Length, buffer.Length);
        _rest[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return new ValueTask<int>(count);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
