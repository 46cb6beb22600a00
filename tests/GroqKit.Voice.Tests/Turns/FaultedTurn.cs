namespace GroqKit.Voice.Tests.Turns;

/// <summary>A turn in which something went wrong, and what came of it.</summary>
internal sealed record FaultedTurn(List<VoiceEvent> Events, string FullText)
{
    public void ShouldHaveFailedOnce(VoiceStage stage)
    {
        VoiceException failure = Events.OfType<TurnFailed>().ShouldHaveSingleItem().Error;
        failure.Stage.ShouldBe(stage, failure.ToString());
        // The stage's own deadlines end it long before the turn's.
        failure.Code.ShouldNotBe(VoiceErrorCodes.TurnTimeout);
        failure.Message.ShouldNotBeNullOrWhiteSpace();
        Events.Outcome().ShouldBe(VoiceOutcome.Failed);
        Events[^1].ShouldBeOfType<TurnDone>();
    }

    /// <param name="spoken">The texts that the voice was given; null when it was one that may be given a sentence twice.</param>
    /// <param name="story">What was to be said; null when that is the model's.</param>
    public void ShouldHaveSaidOnce(IEnumerable<string>? spoken, string? story)
    {
        Events.OfType<TurnFailed>().Select(failed => $"{failed.Error.Stage}: {failed.Error.Message}").ShouldBeEmpty();
        Events.Outcome().ShouldBe(VoiceOutcome.Completed);
        string[] sentences = [.. Events.OfType<AnswerSentence>().Select(sentence => sentence.Text)];
        spoken?.ShouldBe(sentences);
        // What was written is what was cut into sentences, whoever wrote it.
        FullText.ShouldBe(
            story
                ?? string.Concat(Events.OfType<AnswerDelta>().Select(delta => delta.Text))
                    .Trim()
                    .ReplaceLineEndings(" ")
        );
        string.Join(' ', sentences).ShouldBe(FullText);
        Events
            .OfType<AudioMark>()
            .Where(mark => mark.Word is null)
            .Select(mark => mark.Piece)
            .ShouldBe(Enumerable.Range(0, sentences.Length));
        Events.OfType<AudioDelta>().Select(delta => delta.Piece).Distinct().Count().ShouldBe(sentences.Length);
    }
}
