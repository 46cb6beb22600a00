namespace GroqKit.Voice;

/// <summary>Sound is about to come.</summary>
/// <param name="Format">Its form, the same up to the end of the turn.</param>
public sealed record AudioStarted(SoundFormat Format) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "audio.started";
}
