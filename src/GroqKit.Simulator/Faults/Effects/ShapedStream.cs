namespace GroqKit.Simulator.Faults.Effects;

/// <summary>Passes on what is written, in pieces, each after its delay.</summary>
internal sealed class ShapedStream(Stream line, TimeProvider time, TimeSpan latency, int? bytesPerSecond, int? slice)
    : Stream
{
    private const int PiecesPerSecond = 10;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(
        ReadOnlyMemory<byte> buffer,
        CancellationToken cancellationToken = default
    )
    {
        int piece =
            slice ?? (bytesPerSecond is { } rate ? Math.Max(1, rate / PiecesPerSecond) : Math.Max(1, buffer.Length));
        for (int at = 0; at < buffer.Length; at += piece)
        {
            ReadOnlyMemory<byte> next = buffer.Slice(at, Math.Min(piece, buffer.Length - at));
            TimeSpan wait =
                latency + TimeSpan.FromSeconds(bytesPerSecond is { } speed ? (double)next.Length / speed : 0);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
            await line.WriteAsync(next, cancellationToken);
            await line.FlushAsync(cancellationToken);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => line.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
