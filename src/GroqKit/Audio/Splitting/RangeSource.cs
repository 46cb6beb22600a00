using GroqKit.Http;

namespace GroqKit.Audio;

/// <summary>Some bytes of a file, behind a header of their own. Reads straight from the file, so it holds nothing.</summary>
internal sealed class RangeSource(UploadSource whole, ReadOnlyMemory<byte> header, long offset, long count)
    : UploadSource
{
    public override string? Name => null;

    public override long? Length => header.Length + count;

    public override bool CanRepeat => true;

    public override string? FindProblem() => whole.FindProblem();

    public override async ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        Stream stream = await whole.OpenAsync(cancellationToken).ConfigureAwait(false);
        stream.Position = offset;
        return new RangeStream(stream, header, count);
    }
}
