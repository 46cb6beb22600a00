namespace GroqKit.Testing;

/// <summary>Plays the steps of a stream to one reader.</summary>
internal sealed class ScriptedBody(StreamStep[] steps, TimeProvider time) : Stream
{
    private int _step;
    private int _position;

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
        while (_step < steps.Length && !buffer.IsEmpty)
        {
            switch (steps[_step])
            {
                case StreamStep.Send send:
                    int count = Math.Min(buffer.Length, send.Bytes.Length - _position);
                    send.Bytes.Slice(_position, count).CopyTo(buffer);
                    _position += count;
                    if (_position == send.Bytes.Length)
                        Advance();
                    if (count > 0)
                        return count;
                    break;
                case StreamStep.Pause pause:
                    await Task.Delay(pause.Time, time, cancellationToken).ConfigureAwait(false);
                    Advance();
                    break;
                case StreamStep.Break broken:
                    throw new IOException(broken.Message);
            }
        }
        return 0;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private void Advance()
    {
        _step++;
        _position = 0;
    }
}
