namespace GroqKit.Voice;

/// <summary>All of what was said is known.</summary>
/// <param name="Text">All words.</param>
/// <param name="Language">The language, as a two-letter code; null when nobody said.</param>
/// <param name="Confidence">How sure the provider is, 0 to 1; null when it does not say.</param>
/// <param name="Duration">How long the sound was; null when it is not known.</param>
public sealed record TranscriptDone(string Text, string? Language, double? Confidence, TimeSpan? Duration) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "transcript.done";
}
