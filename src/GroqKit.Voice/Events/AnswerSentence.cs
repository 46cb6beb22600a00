namespace GroqKit.Voice;

/// <summary>A piece of the answer goes to be spoken.</summary>
/// <param name="Index">Counts pieces from 0.</param>
/// <param name="Text">What is said.</param>
public sealed record AnswerSentence(int Index, string Text) : VoiceEvent
{
    /// <inheritdoc/>
    public override string Type => "answer.sentence";
}
