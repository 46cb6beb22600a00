namespace GroqKit.Voice;

/// <summary>Another provider serves than was asked first.</summary>
/// <param name="Stage">What for.</param>
/// <param name="From">Who failed.</param>
/// <param name="To">Who serves now; null when that is not known yet.</param>
/// <param name="Reason">Why, in words without secrets.</param>
public sealed record ProviderSwitched(VoiceStage Stage, string From, string? To, string Reason) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "provider.switched";
}
