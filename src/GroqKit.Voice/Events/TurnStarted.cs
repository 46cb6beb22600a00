namespace GroqKit.Voice;

/// <summary>A turn began.</summary>
public sealed record TurnStarted : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "turn.started";
}
