using System.Net;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// The caller's JSON object as it came, with members added behind its opening brace and one stretch replaced on the way out. Nothing
/// is copied or re-encoded.
/// </summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly PooledBody _body;
    private readonly int _start;
    private readonly ReadOnlyMemory<byte> _added;
    private readonly int _cutStart;
    private readonly int _cutEnd;
    private readonly ReadOnlyMemory<byte> _insert;

    /// <param name="body">The caller's body.</param>
    /// <param name="added">Members to add, each with a comma behind it; empty to add none.</param>
    /// <param name="cut">What to leave out.</param>
    /// <param name="insert">What to put in its place.</param>
    public SplicedContent(PooledBody body, ReadOnlyMemory<byte> added, Range cut, ReadOnlyMemory<byte> insert)
    {
        _body = body;
        _added = added;
        _start = added.IsEmpty ? 0 : body.Span.IndexOf((byte)'{') + 1;
        (_cutStart, int length) = cut.GetOffsetAndLength(body.Memory.Length);
        _cutEnd = _cutStart + length;
        _insert = insert;
        Headers.TryAddWithoutValidation("Content-Type", "application/json");
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Memory.Length - (_cutEnd - _cutStart) + _insert.Length + _added.Length;
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
            if (!_added.IsEmpty)
            {
                await stream.WriteAsync(_body.Memory[.._start], cancellationToken);
                await stream.WriteAsync(_added, cancellationToken);
            }
            if (_cutStart == _cutEnd && _insert.IsEmpty)
            {
                await stream.WriteAsync(_body.Memory[_start..], cancellationToken);
                return;
            }
            await stream.WriteAsync(_body.Memory[_start.._cutStart], cancellationToken);
            await stream.WriteAsync(_insert, cancellationToken);
            await stream.WriteAsync(_body.Memory[_cutEnd..], cancellationToken);
        }
        finally
        {
            _body.Release();
        }
    }
}
