namespace GroqKit.Voice;

/// <summary>The turn failed; no sound follows.</summary>
/// <param name="Error">What happened.</param>
public sealed record TurnFailed(VoiceException Error) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "error";
}
