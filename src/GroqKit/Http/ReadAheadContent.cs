using System.Net;

namespace GroqKit.Http;

/// <summary>The rest of an answer's body, with what was read of it before put back in front.</summary>
internal sealed class ReadAheadContent : HttpContent
{
    private readonly HttpContent _original;
    private readonly ReadThroughStream _stream;

    public ReadAheadContent(HttpContent original, Stream rest, ReadOnlyMemory<byte> head)
    {
        _original = original;
        _stream = new ReadThroughStream(rest, head);
        foreach (var (name, values) in original.Headers.NonValidated)
            Headers.TryAddWithoutValidation(name, values);
    }

    protected override Task<Stream> CreateContentReadStreamAsync() => Task.FromResult<Stream>(_stream);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        _stream.CopyToAsync(stream);

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
            _original.Dispose();
        }
        base.Dispose(disposing);
    }
}
