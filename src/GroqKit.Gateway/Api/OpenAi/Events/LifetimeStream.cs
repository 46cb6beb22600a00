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
) : PassingStream
{
    /// <summary>The longest event. Search results and images made by tools come in one event.</summary>
    private const int MaxEvent = 8 * 1024 * 1024;

    private long _sinceMark;

    /// <summary>An event is whole.</summary>
    public void Mark() => _sinceMark = 0;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        int read = await upstream.ReadAsync(body, buffer, provider, lifetime, patience());
        _sinceMark += read;
        return _sinceMark <= MaxEvent ? read : throw UpstreamErrors.TooLarge(provider);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            body.Dispose();
        base.Dispose(disposing);
    }
}
