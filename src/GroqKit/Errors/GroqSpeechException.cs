namespace GroqKit;

/// <summary>A piece of a long text could not be spoken. What was spoken before it is kept.</summary>
public sealed class GroqSpeechException : GroqException
{
    internal GroqSpeechException(
        int pieceIndex,
        IReadOnlyList<string> pieces,
        ReadOnlyMemory<byte> audio,
        GroqException cause
    )
        : base($"Piece {pieceIndex} of {pieces.Count} could not be spoken: {cause.Message}", cause.Details, cause)
    {
        PieceIndex = pieceIndex;
        Pieces = pieces;
        Audio = audio;
        Attempts = cause.Attempts;
    }

    /// <summary>The number of the piece that failed, from 0.</summary>
    public int PieceIndex { get; }

    /// <summary>The pieces of the text; the ones from <see cref="PieceIndex"/> on are left to speak.</summary>
    public IReadOnlyList<string> Pieces { get; }

    /// <summary>The pieces before it, as a valid file; empty when it is the first, and for a stream, which has delivered them.</summary>
    public ReadOnlyMemory<byte> Audio { get; }
}
