namespace GroqKit.Voice;

/// <summary>
/// Where a word is heard, told before the sound in which it begins, by voices that know (<see cref="Word"/> has it); or that all sound of a piece was
/// given, and where that lies.
/// </summary>
/// <param name="Piece">The piece of the answer.</param>
/// <param name="Start">Where the word or the piece's sound begins, from the beginning of the turn's sound.</param>
/// <param name="End">Where it ends.</param>
public sealed record AudioMark(int Piece, TimeSpan Start, TimeSpan End) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "audio.mark";

    /// <summary>The word as it stands in the piece; null when the mark is that of the whole piece.</summary>
    public string? Word { get; init; }
}
