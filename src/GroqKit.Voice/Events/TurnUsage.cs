namespace GroqKit.Voice;

/// <summary>What the turn used.</summary>
/// <param name="Usage">Of each stage.</param>
public sealed record TurnUsage(VoiceUsage Usage) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "usage";
}
