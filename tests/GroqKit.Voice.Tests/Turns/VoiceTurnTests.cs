using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GroqKit.Providers;
using GroqKit.Voice.Tests.Hearing;
using GroqKit.Voice.Tests.Sound;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

[Requirement("GW-19")]
public sealed class VoiceTurnTests
{
    private static readonly string[] Story =
    [
        "Of course, ",
        "my friend. ",
        "Here is the first sentence of a story that is long enough to be a piece. ",
        "And here is the second sentence of it, which is long enough as well. ",
        "The third sentence, finally, has everything that the others had, and an end.",
    ];

    [Fact]
    public async Task Words_in_words_and_sound_out_in_order()
    {
        var voice = new ActedVoice();
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = voice });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me a story."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.Select(happened => happened.Sequence).ShouldBe(Enumerable.Range(0, events.Count).Select(i => (long)i));
        events.ShouldAllBe(happened => happened.TurnId == turn.Id);
        events.OfType<AnswerSentence>().Select(sentence => sentence.Text).ShouldBe(voice.Texts);
        string.Join(' ', voice.Texts).ShouldBe(string.Concat(Story));
        events.OfType<AudioDelta>().Select(delta => delta.Piece).ShouldBeInOrder();
        int characters = voice.Texts.Sum(text => text.Length);
        (events.Sound().Length / 48_000.0).ShouldBe(characters * ActedVoice.PerCharacter, 0.01);
        TimeSpan offset = TimeSpan.Zero;
        foreach (AudioDelta delta in events.OfType<AudioDelta>())
        {
            delta.Offset.ShouldBe(offset, TimeSpan.FromMilliseconds(0.1));
            offset += delta.Duration;
        }
        turn.Messages.Select(message => (message.Role, message.Text))
            .ShouldBe([(ChatRole.User, "Tell me a story."), (ChatRole.Assistant, string.Concat(Story))]);
        turn.Usage.Answering.Single().Usage!.InputTokenCount.ShouldBe(7);
        turn.Usage.Speaking.Sum(call => call.Usage!.AdditionalCounts![UsageCounts.Characters]).ShouldBe(characters);
        voice.Running.ShouldBe(0);
    }

    [Theory]
    [InlineData(SoundCoding.Pcm16)]
    [InlineData(SoundCoding.Wav)]
    [InlineData(SoundCoding.MuLaw)]
    public async Task Sound_that_is_lent_is_the_same_sound_until_the_next_event_is_asked_for(SoundCoding coding)
    {
        var format = new SoundFormat(coding, 24_000);

        (byte[] given, bool isBorrowed) = await SpeakAsync(new VoiceOptions { Output = format });
        (byte[] lent, bool isLent) = await SpeakAsync(new VoiceOptions { Output = format, LendsSound = true });

        lent.ShouldBe(given);
        isBorrowed.ShouldBeFalse();
        isLent.ShouldBeTrue();

        // Memory that is used anew has the pool's lengths and not the sound's.
        static async Task<(byte[] Sound, bool IsPooled)> SpeakAsync(VoiceOptions options)
        {
            var pipeline = new VoicePipeline(
                new() { Chat = ActedChat.Says(Story), TextToSpeech = new ActedVoice() },
                options
            );
            await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me a story."));
            var sound = new List<byte>();
            bool isPooled = false;
            await foreach (VoiceEvent happened in turn.ReadAsync())
            {
                if (happened is not AudioDelta delta)
                    continue;
                sound.AddRange(delta.Data.Span);
                MemoryMarshal.TryGetArray(delta.Data, out ArraySegment<byte> segment).ShouldBeTrue();
                isPooled |= segment.Array!.Length > segment.Count;
            }
            return ([.. sound], isPooled);
        }
    }

    [Fact]
    public async Task A_turn_that_was_disposed_of_can_still_be_interrupted()
    {
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story) });
        VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Tell me a story."));
        await turn.DisposeAsync();

        await Should.NotThrowAsync(() => turn.InterruptAsync(TimeSpan.Zero));
    }

    [Fact]
    public async Task Two_pieces_are_spoken_at_once_and_no_more()
    {
        var both = new TaskCompletionSource();
        int begun = 0;
        var voice = new ActedVoice((text, cancel) => TogetherAsync(text, cancel));
        async IAsyncEnumerable<TextToSpeechResponseUpdate> TogetherAsync(
            string text,
            [EnumeratorCancellation] CancellationToken cancel
        )
        {
            if (Interlocked.Increment(ref begun) == 2)
                both.SetResult();
            // One alone would wait here for ever.
            await both.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
            await foreach (TextToSpeechResponseUpdate update in ActedVoice.Tone(text, 1, cancel))
                yield return update;
        }
        var pipeline = new VoicePipeline(new() { Chat = ActedChat.Says(Story), TextToSpeech = voice });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Go."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        voice.MostRunning.ShouldBe(2);
    }

    [Fact]
    public async Task Sound_is_given_before_the_answer_is_complete()
    {
        var heard = new TaskCompletionSource();
        async IAsyncEnumerable<ChatResponseUpdate> AnswerAsync([EnumeratorCancellation] CancellationToken cancel)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Let me see now, ");
            await heard.Task.WaitAsync(TimeSpan.FromSeconds(30), cancel);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "yes.");
        }
        var pipeline = new VoicePipeline(
            new() { Chat = new ActedChat(AnswerAsync), TextToSpeech = new ActedVoice() },
            new() { MaxPieceCharacters = 100 }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Go."));
        var events = new List<VoiceEvent>();
        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            events.Add(happened);
            if (happened is AudioDelta)
                heard.TrySetResult();
        }

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.OfType<AnswerSentence>().Select(sentence => sentence.Text).ShouldBe(["Let me see now,", "yes."]);
    }

    [Fact]
    public async Task A_tool_is_called_and_its_error_is_told_to_the_model()
    {
        AIFunction weather = AIFunctionFactory.Create((string city) => $"Sunny in {city}", "weather");
        AIFunction broken = AIFunctionFactory.Create(
            string () => throw new InvalidOperationException("no contact"),
            "broken"
        );
        var chat = new ActedChat(
            _ =>
                new ChatResponseUpdate[]
                {
                    new(
                        ChatRole.Assistant,
                        [
                            new FunctionCallContent(
                                "1",
                                "weather",
                                new Dictionary<string, object?> { ["city"] = "Rome" }
                            ),
                            new FunctionCallContent("2", "broken"),
                            new FunctionCallContent("3", "missing"),
                        ]
                    ),
                }.ToAsyncEnumerable(),
            cancel => ActedChat.Tokens(["It is sunny in Rome today."], cancel)
        );
        var voice = new ActedVoice();
        var pipeline = new VoicePipeline(
            new()
            {
                Chat = chat,
                TextToSpeech = voice,
                AnswerOptions = new() { Tools = [weather, broken] },
                ToolFiller = "One moment, please.",
            }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Weather?"));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events
            .OfType<ToolDone>()
            .OrderBy(done => done.CallId)
            .Select(done => done.Succeeded)
            .ShouldBe([true, false, false]);
        chat.Asked[1][^1]
            .Contents.OfType<FunctionResultContent>()
            .Select(result => result.Result?.ToString())
            .ShouldBe(["Sunny in Rome", "Error: no contact", "Error: there is no tool 'missing'."]);
        voice.Texts.ShouldBe(["One moment, please.", "It is sunny in Rome today."]);
        turn.Messages.Select(message => message.Role)
            .ShouldBe([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant]);
    }

    [Fact]
    public async Task A_model_that_goes_on_calling_tools_is_stopped()
    {
        var chat = new ActedChat(_ =>
            new ChatResponseUpdate[]
            {
                new(ChatRole.Assistant, [new FunctionCallContent("1", "again")]),
            }.ToAsyncEnumerable()
        );
        var pipeline = new VoicePipeline(new() { Chat = chat, TextToSpeech = new ActedVoice() });

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Go."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Code.ShouldBe(VoiceErrorCodes.TooManyToolSteps);
        chat.Asked.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Silence_is_no_turn()
    {
        var pipeline = new VoicePipeline(
            new() { Chat = ActedChat.Says("x"), SpeechToText = ActedHearing.Hears("never asked") }
        );

        await using VoiceTurn turn = pipeline.Start(
            VoiceInput.FromAudio(new MemoryStream(RecorderTests.Wav(16_000, 1, Tones.Silence(16_000, 2))))
        );
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Code.ShouldBe(VoiceErrorCodes.NoSpeech);
        turn.Usage.Hearing.ShouldBeEmpty("nothing was sent");
        turn.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_who_takes_nothing_ends_the_turn()
    {
        var time = new ManualTimeProvider();
        string endless = string.Concat(
            Enumerable.Repeat("This sentence is said again and again, without any end. ", 40)
        );
        var voice = new ActedVoice();
        var pipeline = new VoicePipeline(
            new() { Chat = ActedChat.Says(endless), TextToSpeech = voice },
            new() { BufferedEvents = 8, SlowClientTimeout = TimeSpan.FromSeconds(10) },
            time
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Go."));
        // The turn's own deadline and the wait for room.
        await time.WhenArmedAsync(2).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(11));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Single().Error.Code.ShouldBe(VoiceErrorCodes.ClientTooSlow);
        voice.Running.ShouldBe(0);
    }

    [Fact]
    public void Sound_needs_somebody_to_hear_it() =>
        Should.Throw<ArgumentException>(() =>
            new VoicePipeline(new() { Chat = ActedChat.Says("x") }).Start(VoiceInput.FromAudio(Stream.Null))
        );

    [Fact]
    public void Wrong_options_are_named() =>
        Should
            .Throw<ArgumentException>(() =>
                new VoicePipeline(
                    new() { Chat = ActedChat.Says("x") },
                    new()
                    {
                        PiecesAhead = 0,
                        TurnTimeout = TimeSpan.Zero,
                        VoiceActivity = new() { Floor = 1 },
                    }
                )
            )
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain("PiecesAhead"),
                message => message.ShouldContain("TurnTimeout"),
                message => message.ShouldContain("VoiceActivity.Floor")
            );
}
