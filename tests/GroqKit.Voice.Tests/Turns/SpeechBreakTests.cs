using GroqKit.Providers;
using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

[Requirement("GW-19", "PR-09")]
public sealed class SpeechBreakTests
{
    private const string Sentence = "This is one sentence that breaks somewhere in the middle of it and has to go on.";

    [Fact]
    public async Task A_sentence_that_breaks_goes_on_where_it_stopped()
    {
        var spare = new ActedVoice();
        List<VoiceEvent> events = await RunAsync(
            new ActedVoice((text, cancel) => BreakAsync(text, 0.5, cancel)),
            spare
        );

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        string rest = spare.Texts.Single();
        Sentence.ShouldEndWith(rest);
        rest.Length.ShouldBeInRange(Sentence.Length / 3, Sentence.Length * 3 / 4);
        events.OfType<ProviderSwitched>().Single().Stage.ShouldBe(VoiceStage.Speaking);
    }

    [Fact]
    public async Task A_sentence_that_breaks_at_its_beginning_is_said_again()
    {
        var spare = new ActedVoice();
        List<VoiceEvent> events = await RunAsync(
            new ActedVoice((text, cancel) => BreakAsync(text, 0.1, cancel)),
            spare
        );

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        spare.Texts.ShouldBe([Sentence]);
    }

    [Fact]
    public async Task A_sentence_that_nobody_can_say_is_one_error()
    {
        List<VoiceEvent> events = await RunAsync(
            new ActedVoice((text, cancel) => BreakAsync(text, 0.5, cancel)),
            new ActedVoice((text, cancel) => BreakAsync(text, 0, cancel))
        );

        VoiceException failure = events.OfType<TurnFailed>().Single().Error;
        failure.Stage.ShouldBe(VoiceStage.Speaking);
        failure.Code.ShouldBe(VoiceErrorCodes.ProviderFailed);
        events.Outcome().ShouldBe(VoiceOutcome.Failed);
    }

    [Theory]
    [InlineData("no sound")]
    [InlineData("silence")]
    [InlineData("a click")]
    public async Task Sound_that_is_none_is_asked_for_again_elsewhere(string what)
    {
        var spare = new ActedVoice();
        var bad = new ActedVoice((_, _) => BadAsync(what).ToAsyncEnumerable());

        List<VoiceEvent> events = await RunAsync(bad, spare);

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        spare.Texts.ShouldBe([Sentence]);
    }

    private static IEnumerable<TextToSpeechResponseUpdate> BadAsync(string what) =>
        what switch
        {
            "no sound" => [],
            "silence" => [ActedVoice.Update(Tones.Silence(24_000, 1))],
            _ => [ActedVoice.Update(Tones.Sine(24_000, 500, 0.05))],
        };

    private static async Task<List<VoiceEvent>> RunAsync(ActedVoice voice, ActedVoice spare)
    {
        var pipeline = new VoicePipeline(
            new()
            {
                Chat = ActedChat.Says(Sentence),
                TextToSpeech = voice,
                SpareTextToSpeech = spare,
            }
        );
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Go."));
        return await turn.ReadAllAsync();
    }

    private static async IAsyncEnumerable<TextToSpeechResponseUpdate> BreakAsync(
        string text,
        double part,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        await foreach (TextToSpeechResponseUpdate update in ActedVoice.Tone(text, part, cancel))
            yield return update;
        throw new ProviderException(ProviderFailure.StreamCut, "The line went dead.");
    }
}
