namespace GroqKit.Tests.Audio;

/// <summary>Reads like a slow connection: no seeking, and at most a few bytes at a time.</summary>
internal sealed class SlicedStream(byte[] content, int sliceSize) : ForwardOnlyStream(new MemoryStream(content))
{
    public override int Read(byte[] buffer, int offset, int count) =>
        base.Read(buffer, offset, Math.Min(count, sliceSize));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, sliceSize)], cancellationToken);
}
