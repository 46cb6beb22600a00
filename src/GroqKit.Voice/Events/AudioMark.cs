namespace GroqKit.Voice;

/// <summary>All sound of a piece was given.</summary>
/// <param name="Piece">The piece.</param>
/// <param name="Start">Where its sound begins.</param>
/// <param name="End">Where it ends.</param>
public sealed record AudioMark(int Piece, TimeSpan Start, TimeSpan End) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "audio.mark";
}
