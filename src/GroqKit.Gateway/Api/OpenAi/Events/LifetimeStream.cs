using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Api.OpenAi.Events;

/// <summary>
/// A provider's answer as a stream for parsers: read within the call's lifetime, and no more than one event's worth between two marks.
/// </summary>
internal sealed class LifetimeStream(
    Stream body,
    UpstreamClient upstream,
    string provider,
    CallLifetime lifetime,
    Func<TimeSpan?> patience
) : Stream
{
    /// <summary>The longest event. Search results and images made by tools come in one event.</summary>
    private const int MaxEvent = 8 * 1024 * 1024;

    private long _sinceMark;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>An event is whole.</summary>
    public void Mark() => _sinceMark = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await upstream.ReadAsync(body, buffer, provider, lifetime, patience());
        _sinceMark += read;
        return _sinceMark <= MaxEvent ? read : throw UpstreamErrors.TooLarge(provider);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() { }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
