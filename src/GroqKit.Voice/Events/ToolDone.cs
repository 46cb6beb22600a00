namespace GroqKit.Voice;

/// <summary>A tool ended.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Name">The tool.</param>
/// <param name="Succeeded">False when it raised an error, which the model was told.</param>
/// <param name="Duration">How long it took.</param>
public sealed record ToolDone(string CallId, string Name, bool Succeeded, TimeSpan Duration) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "tool.done";
}
