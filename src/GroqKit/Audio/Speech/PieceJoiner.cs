namespace GroqKit.Audio;

/// <summary>Puts the recordings of pieces together while their bytes come, so that the whole is one valid file.</summary>
internal abstract class PieceJoiner
{
    /// <summary>The shape of the samples, once known; null where the file is no WAV.</summary>
    public virtual WavFormat? Wav => null;

    /// <summary>Chooses by the first bytes of the first piece, and by what was asked for where they don't tell.</summary>
    /// <param name="beginning">The first bytes.</param>
    /// <param name="asked">What was asked for.</param>
    /// <param name="pieces">How many pieces there are.</param>
    public static PieceJoiner For(ReadOnlySpan<byte> beginning, SpeechFormat asked, int pieces)
    {
        if (AudioFormat.FromContent(beginning) == AudioFormat.Wav)
            return new WavPieceJoiner(keepsLength: pieces == 1);
        return asked == SpeechFormat.Mp3 ? new Mp3PieceJoiner() : new PlainPieceJoiner();
    }

    /// <summary>Begins the next piece.</summary>
    public abstract void BeginPiece();

    /// <summary>Takes bytes of the current piece, and gives what of them belongs into the whole.</summary>
    /// <exception cref="InvalidDataException">The piece doesn't fit to those before it.</exception>
    public abstract ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes);
}
