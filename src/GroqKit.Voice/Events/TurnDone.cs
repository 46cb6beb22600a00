namespace GroqKit.Voice;

/// <summary>The turn ended; the last event of all turns.</summary>
/// <param name="Outcome">How.</param>
public sealed record TurnDone(VoiceOutcome Outcome) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "turn.done";
}
