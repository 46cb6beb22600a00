using System.Runtime.InteropServices;

namespace GroqKit.Http;

/// <summary>A file in memory.</summary>
internal sealed class BytesSource(ReadOnlyMemory<byte> content) : UploadSource
{
    public override string? Name => null;

    public override long? Length => content.Length;

    public override bool CanRepeat => true;

    public override bool CanReadInParallel => true;

    public ReadOnlyMemory<byte> Content => content;

    public override string? FindProblem() => null;

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken) =>
        new(
            MemoryMarshal.TryGetArray(content, out ArraySegment<byte> segment)
                ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
                : new MemoryStream(content.ToArray(), writable: false)
        );

    public override ValueTask<ReadOnlyMemory<byte>> PeekAsync(int count, CancellationToken cancellationToken) =>
        new(content[..Math.Min(count, content.Length)]);
}
