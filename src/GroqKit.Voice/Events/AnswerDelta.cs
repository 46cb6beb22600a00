namespace GroqKit.Voice;

/// <summary>The model wrote more, as it writes it: with its Markdown.</summary>
/// <param name="Text">The new text.</param>
public sealed record AnswerDelta(string Text) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "answer.delta";
}
