using System.Buffers;

namespace GroqKit.Providers.Speech;

/// <summary>A body that is sound and nothing else.</summary>
internal sealed class BareSound : ISoundReader
{
    private const int PieceLength = 16 * 1024;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(PieceLength);

    public async ValueTask<SoundPiece> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        int read = await body.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false);
        return read > 0 ? new SoundPiece(_buffer[..read], []) : SoundPiece.End;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);
}
