namespace GroqKit.Voice;

/// <summary>How long everything took.</summary>
/// <param name="Timings">Of each stage.</param>
public sealed record TurnTimed(VoiceTimings Timings) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "timings";
}
