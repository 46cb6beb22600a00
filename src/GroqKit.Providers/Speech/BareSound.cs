using System.Buffers;
using System.Runtime.CompilerServices;

namespace GroqKit.Providers.Speech;

/// <summary>A body that is sound and nothing else.</summary>
/// <param name="lends">Whether a piece is the reader's own memory, whose content changes with the next.</param>
internal sealed class BareSound(bool lends) : ISoundReader
{
    private const int PieceLength = 16 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceLength);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<SoundPiece> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        int read = await body.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        if (read == 0)
            return SoundPiece.End;
        return new SoundPiece(lends ? _buffer.AsMemory(0, read) : _buffer.AsSpan(0, read).ToArray(), []);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
