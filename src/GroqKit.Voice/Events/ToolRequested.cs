namespace GroqKit.Voice;

/// <summary>
/// The model called a tool that is declared, but not a function of this process: the caller has to run it. The turn waits for its result
/// (<see cref="VoiceTurn.AnswerTool"/>) where <see cref="VoiceOptions.ToolResultTimeout"/> says so; else it ends.
/// </summary>
/// <param name="CallId">The call.</param>
/// <param name="Name">The tool.</param>
/// <param name="Arguments">The arguments, a JSON object.</param>
public sealed record ToolRequested(string CallId, string Name, string Arguments) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "tool.requested";
}
