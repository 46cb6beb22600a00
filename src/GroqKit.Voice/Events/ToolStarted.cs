namespace GroqKit.Voice;

/// <summary>The model called a tool, and it began.</summary>
/// <param name="CallId">The call.</param>
/// <param name="Name">The tool.</param>
public sealed record ToolStarted(string CallId, string Name) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "tool.started";
}
