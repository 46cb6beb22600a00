using System.IO.Pipelines;

namespace GroqKit.Gateway.Api.Voice.Inner;

/// <summary>Makes status and headers final with the first bytes, as a server does.</summary>
internal sealed class StartingWriter(PipeWriter inner, Func<CancellationToken, Task> start) : PipeWriter
{
    public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

    public override long UnflushedBytes => inner.UnflushedBytes;

    public override void Advance(int bytes) => inner.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => inner.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => inner.GetSpan(sizeHint);

    public override async ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        await start(cancellationToken);
        return await inner.FlushAsync(cancellationToken);
    }

    public override void CancelPendingFlush() => inner.CancelPendingFlush();

    // The body ends when its route has ended, however often it says so itself.
    public override void Complete(Exception? exception = null) { }
}
