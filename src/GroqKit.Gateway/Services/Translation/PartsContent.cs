using System.Net;
using GroqKit.Gateway.Services.Forwarding;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>Stretches of a held body, and bytes between them, sent one after the other without copying them together.</summary>
internal sealed class PartsContent : HttpContent
{
    private readonly PooledBody _body;
    private readonly IReadOnlyList<ReadOnlyMemory<byte>> _parts;

    /// <param name="body">Where the parts lie; held while they are sent.</param>
    /// <param name="parts">What to send.</param>
    /// <param name="contentType">What it is.</param>
    public PartsContent(PooledBody body, IReadOnlyList<ReadOnlyMemory<byte>> parts, string contentType)
    {
        _body = body;
        _parts = parts;
        Headers.TryAddWithoutValidation("Content-Type", contentType);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _parts.Sum(part => (long)part.Length);
        return true;
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(
        Stream stream,
        TransportContext? context,
        CancellationToken cancellationToken
    )
    {
        ObjectDisposedException.ThrowIf(!_body.TryHold(), this);
        try
        {
            foreach (ReadOnlyMemory<byte> part in _parts)
                await stream.WriteAsync(part, cancellationToken);
        }
        finally
        {
            _body.Release();
        }
    }
}
