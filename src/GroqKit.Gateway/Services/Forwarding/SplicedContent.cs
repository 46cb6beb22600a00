using System.Net;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>The caller's body as it came, with at most one stretch of it replaced on the way out. Nothing is copied or re-encoded.</summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly PooledBody _body;
    private readonly int _cutStart;
    private readonly int _cutEnd;
    private readonly ReadOnlyMemory<byte> _insert;

    public SplicedContent(PooledBody body, Range cut, ReadOnlyMemory<byte> insert)
    {
        _body = body;
        (_cutStart, int length) = cut.GetOffsetAndLength(body.Memory.Length);
        _cutEnd = _cutStart + length;
        _insert = insert;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Memory.Length - (_cutEnd - _cutStart) + _insert.Length;
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
            if (_cutStart == _cutEnd && _insert.IsEmpty)
            {
                await stream.WriteAsync(_body.Memory, cancellationToken);
                return;
            }
            await stream.WriteAsync(_body.Memory[.._cutStart], cancellationToken);
            await stream.WriteAsync(_insert, cancellationToken);
            await stream.WriteAsync(_body.Memory[_cutEnd..], cancellationToken);
        }
        finally
        {
            _body.Release();
        }
    }
}
