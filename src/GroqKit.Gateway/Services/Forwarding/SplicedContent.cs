using System.Net;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// The caller's JSON object as it came, with some stretches replaced on the way out. Nothing is copied or re-encoded.
/// </summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly PooledBody _body;
    private readonly Splice[] _splices;

    /// <param name="body">The caller's body.</param>
    /// <param name="splices">What to replace, in the order of the body; they don't overlap.</param>
    public SplicedContent(PooledBody body, params Splice[] splices)
    {
        _body = body;
        _splices = splices;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Memory.Length;
        foreach (Splice splice in _splices)
            length += splice.Insert.Length - (splice.End - splice.Start);
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
            int from = 0;
            foreach (Splice splice in _splices)
            {
                await stream.WriteAsync(_body.Memory[from..splice.Start], cancellationToken);
                await stream.WriteAsync(splice.Insert, cancellationToken);
                from = splice.End;
            }
            await stream.WriteAsync(_body.Memory[from..], cancellationToken);
        }
        finally
        {
            _body.Release();
        }
    }
}
