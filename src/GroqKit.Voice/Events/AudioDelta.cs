namespace GroqKit.Voice;

/// <summary>Sound.</summary>
/// <param name="Piece">The piece of the answer that it belongs to.</param>
/// <param name="Offset">Where it begins, from the beginning of the turn's sound.</param>
/// <param name="Duration">How long it plays.</param>
/// <param name="Data">The bytes; lent until the next event where <see cref="VoiceOptions.LendsSound"/> says so.</param>
public sealed record AudioDelta(int Piece, TimeSpan Offset, TimeSpan Duration, ReadOnlyMemory<byte> Data) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "audio.delta";
}
