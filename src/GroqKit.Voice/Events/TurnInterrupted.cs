namespace GroqKit.Voice;

/// <summary>The caller spoke over the answer, or left.</summary>
/// <param name="HeardText">What was heard of the answer.</param>
public sealed record TurnInterrupted(string HeardText) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "turn.interrupted";
}
