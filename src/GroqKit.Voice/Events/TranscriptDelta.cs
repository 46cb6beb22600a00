namespace GroqKit.Voice;

/// <summary>More of what was heard is known.</summary>
/// <param name="Text">The new words.</param>
public sealed record TranscriptDelta(string Text) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "transcript.delta";
}
