using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Faults.Effects;

/// <summary>Passes on what is written, in pieces, each after its delay.</summary>
internal sealed class ShapedStream(Stream body, Exchange exchange, Line line) : Stream
{
    private long _sent;

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
        int piece = line.Piece(buffer.Length);
        for (int at = 0; at < buffer.Length; at += piece)
        {
            ReadOnlyMemory<byte> next = buffer.Slice(at, Math.Min(piece, buffer.Length - at));
            bool isLast = line.Most is { } most && _sent + next.Length > most;
            if (isLast)
                next = next[..(int)(line.Most!.Value - _sent)];
            TimeSpan wait = line.Wait(next.Length, exchange.Draw);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, exchange.Time, cancellationToken);
            await body.WriteAsync(next, cancellationToken);
            await body.FlushAsync(cancellationToken);
            _sent += next.Length;
            if (!isLast)
                continue;
            exchange.Drop();
            exchange.Gone.ThrowIfCancellationRequested();
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => body.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
