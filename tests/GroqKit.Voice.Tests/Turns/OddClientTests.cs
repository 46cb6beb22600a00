using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Clients, tools and streams of other makers: whatever they raise or leave undone, a turn ends in time and says which stage failed.</summary>
[Requirement("GW-19")]
public sealed class OddClientTests
{
    private const string Answer = "Of course, my friend. Here is a sentence that stays without its e";

    private static CancellationToken Ends => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_model_that_gives_up_by_itself_has_what_it_wrote_said_and_is_named()
    {
        var voice = new ActedVoice();
        var pipeline = new VoicePipeline(new() { Chat = new ActedChat(_ => GivesUp()), TextToSpeech = voice });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        VoiceException error = events.OfType<TurnFailed>().Single().Error;
        error.Stage.ShouldBe(VoiceStage.Answering);
        error.IsRetryable.ShouldBeTrue();
        string.Join(' ', voice.Texts).ShouldBe(Answer);
        turn.Usage.Answering.Single().Succeeded.ShouldBeFalse();

        static async IAsyncEnumerable<ChatResponseUpdate> GivesUp()
        {
            await foreach (ChatResponseUpdate update in ActedChat.Tokens(Answer.Split(' ').Select(word => word + " ")))
                yield return update;
            throw new TaskCanceledException("Nothing came for 100 s.");
        }
    }

    [Fact]
    public async Task A_hearer_that_gives_up_by_itself_is_named()
    {
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = new ActedHearing((_, _) => throw new TaskCanceledException("Nothing came for 100 s.")),
                Chat = ActedChat.Says("Never."),
            }
        );

        await using VoiceTurn turn = pipeline.Start(Spoken(new MemoryStream(Speech())));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Stage.ShouldBe(VoiceStage.Hearing);
        turn.Usage.Hearing.Single().Succeeded.ShouldBeFalse();
        VoiceException raised = await Should.ThrowAsync<VoiceException>(() =>
            pipeline.HearAsync(Spoken(new MemoryStream(Speech())), Ends)
        );
        raised.Stage.ShouldBe(VoiceStage.Hearing);
    }

    [Fact]
    public async Task A_voice_that_gives_up_by_itself_is_named()
    {
        var voice = new ActedVoice((_, _) => throw new TaskCanceledException("Nothing came for 100 s."));
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Answer), TextToSpeech = voice });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Stage.ShouldBe(VoiceStage.Speaking);
    }

    [Fact]
    public async Task A_stream_that_was_closed_is_an_error_of_the_input()
    {
        var pipeline = new VoicePipeline(
            new() { SpeechToText = ActedHearing.Hears("Never."), Chat = ActedChat.Says("Never.") }
        );
        var closed = new MemoryStream(Speech());
        await closed.DisposeAsync();

        await using VoiceTurn turn = pipeline.Start(Spoken(closed));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Stage.ShouldBe(VoiceStage.Input);
        VoiceException raised = await Should.ThrowAsync<VoiceException>(() => pipeline.HearAsync(Spoken(closed), Ends));
        raised.Stage.ShouldBe(VoiceStage.Input);
    }

    [Fact]
    public async Task A_tool_that_heeds_no_cancellation_does_not_hold_up_its_caller()
    {
        var never = new TaskCompletionSource<string>();
        var called = new TaskCompletionSource();
        AIFunction tool = AIFunctionFactory.Create(
            () =>
            {
                called.SetResult();
                return never.Task;
            },
            "wait"
        );
        var pipeline = new VoicePipeline(
            new()
            {
                Chat = new ActedChat(_ => Calls("wait")),
                AnswerOptions = new ChatOptions { Tools = [tool] },
            }
        );
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Wait."));
        await called.Task.WaitAsync(TimeSpan.FromSeconds(30), Ends);

        await turn.InterruptAsync().WaitAsync(TimeSpan.FromSeconds(30), Ends);

        (await turn.ReadAllAsync()).Outcome().ShouldBe(VoiceOutcome.Interrupted);
        never.SetException(new InvalidOperationException("Nobody is there to hear this."));
    }

    [Fact]
    public async Task A_second_reader_is_told_so_and_takes_nothing_from_the_first()
    {
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Answer) });
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        IAsyncEnumerator<VoiceEvent> first = turn.ReadAsync().GetAsyncEnumerator(Ends);
        (await first.MoveNextAsync()).ShouldBeTrue();

        await Should.ThrowAsync<InvalidOperationException>(() => turn.ReadAllAsync());

        while (first.Current is not TurnDone)
            (await first.MoveNextAsync()).ShouldBeTrue();
        await first.DisposeAsync();
        (await turn.ReadAllAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_answer_of_blanks_is_none()
    {
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(" ", "\n") });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Code.ShouldBe(VoiceErrorCodes.EmptyAnswer);
    }

    [Fact]
    public async Task A_client_that_fails_when_it_is_cancelled_does_not_keep_its_turn_from_ending()
    {
        var asked = new TaskCompletionSource();
        var pipeline = new VoicePipeline(new() { Chat = new ActedChat(cancel => Stubborn(cancel)) });
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me."));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), Ends);

        await turn.InterruptAsync();

        (await turn.ReadAllAsync()).Outcome().ShouldBe(VoiceOutcome.Interrupted);

        async IAsyncEnumerable<ChatResponseUpdate> Stubborn(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken
        )
        {
            using CancellationTokenRegistration failing = cancellationToken.Register(() =>
                throw new InvalidOperationException("A callback fails.")
            );
            asked.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            yield break;
        }
    }

    [Fact]
    public void A_pipeline_without_a_model_is_refused() =>
        Should.Throw<ArgumentException>(() => new VoicePipeline(new() { Chat = null! }));

    private static VoiceInput Spoken(Stream sound) => VoiceInput.FromAudio(sound, $"audio/pcm;rate={ActedVoice.Rate}");

    private static byte[] Speech() =>
        System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(Tones.Sine(ActedVoice.Rate, 300, 1)).ToArray();

    private static async IAsyncEnumerable<ChatResponseUpdate> Calls(string tool)
    {
        await Task.Yield();
        yield return new ChatResponseUpdate(
            ChatRole.Assistant,
            [new FunctionCallContent("call_1", tool, new Dictionary<string, object?>())]
        );
    }
}
