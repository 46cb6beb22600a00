using GroqKit.Audio;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Tests;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Turns over real HTTP, with real sound where the machine can make some.</summary>
[Requirement("GW-19", "PR-05")]
public sealed class SimulatedTurnTests : IAsyncLifetime
{
    private SimulatorServer _simulator = null!;
    private ProviderSet _providers = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _providers = ProviderRegistry.Default.Create([
            SimulatedProviders.Groq(_simulator),
            SimulatedProviders.OpenAI(_simulator),
            SimulatedProviders.ElevenLabs(_simulator),
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _providers.Dispose();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData("[\"red\", \"blue\"], that is it. Right?")]
    [InlineData("[very, very softly, as if nobody were to hear any of it at all] Yes.")]
    [InlineData("Well then. [laughs]")]
    public async Task What_stands_in_brackets_is_a_direction_or_said_and_ends_no_turn(string text)
    {
        var pipeline = new VoicePipeline(
            new() { Chat = ActedChat.Says(text), TextToSpeech = Find("groq").CreateTextToSpeechClient() }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Say it."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().ShouldBeEmpty();
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.Sound().ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("groq", "groq", "groq")]
    [InlineData("openai", "openai", "openai")]
    [InlineData("elevenlabs", "groq", "elevenlabs")]
    [InlineData("groq", "openai", "elevenlabs")]
    public async Task A_turn_works_over_any_mix_of_providers(string hearing, string answering, string speaking)
    {
        const string Question = "What is the capital of France?";
        byte[] spoken = await SayAsync(Question);
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = Find(hearing).CreateSpeechToTextClient(),
                Chat = Find(answering).CreateChatClient(),
                TextToSpeech = Find(speaking).CreateTextToSpeechClient(),
            },
            new() { Output = new SoundFormat(SoundCoding.Wav, 16_000) }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromAudio(new MemoryStream(spoken)));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Select(failed => failed.Error.ToString()).ShouldBeEmpty();
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.OfType<TranscriptDone>().Single().Text.ShouldNotBeEmpty();
        events.OfType<AnswerSentence>().ShouldNotBeEmpty();
        await using WavReader sound = await WavReader.OpenAsync(new MemoryStream(events.Sound()));
        sound.Format.ShouldBe(WavFormat.Pcm16(16_000));
        sound.Duration!.Value.ShouldBe(turn.Heard.Given, TimeSpan.FromMilliseconds(1));
        VoiceTimings timings = turn.Timings;
        timings.Transcript.ShouldNotBeNull();
        timings.FirstToken!.Value.ShouldBeGreaterThan(timings.Transcript!.Value);
        timings.FirstSound!.Value.ShouldBeGreaterThan(timings.FirstPiece!.Value);
        timings.Own.ShouldNotBeNull();
        turn.Usage.Hearing.Single().Usage.ShouldNotBeNull();
        turn.Usage.Answering.Single().Usage!.OutputTokenCount.ShouldNotBeNull();
        turn.Usage.Speaking.ShouldAllBe(call => call.Succeeded);
    }

    [Fact]
    public async Task What_is_said_is_what_can_be_heard_again()
    {
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = Find("groq").CreateSpeechToTextClient(),
                Chat = ActedChat.Says("Good morning to you, ", "my dear friend. ", "The weather is fine today."),
                TextToSpeech = Find("groq").CreateTextToSpeechClient(),
            },
            // The rate at which the simulator hides words in its sound.
            new() { Output = new SoundFormat(SoundCoding.Wav, 48_000) }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Hello."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        turn.Heard.FullText.ShouldBe("Good morning to you, my dear friend. The weather is fine today.");
        events.OfType<AudioMark>().Count(mark => mark.Word is null).ShouldBe(events.OfType<AnswerSentence>().Count());
    }

    [Fact]
    public async Task A_voice_that_knows_marks_its_words()
    {
        const string Story =
            "Good morning to you, my dear friend. The weather is fine today, at 12:30. It is warm. So it stays.";
        var engine = new FallbackEngine();
        var pipeline = new VoicePipeline(
            new()
            {
                Chat = ActedChat.Says(Story),
                TextToSpeech = engine.CreateTextToSpeechClient([
                    new(Find("elevenlabs"), "eleven_flash_v2_5"),
                    new(Find("groq"), "canopylabs/orpheus-v1-english"),
                ]),
            }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Hello."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        AudioMark[] marks = [.. events.OfType<AudioMark>().Where(mark => mark.Word is not null)];
        string.Join(' ', marks.Select(mark => mark.Word)).ShouldBe(Story);
        for (int i = 0; i < marks.Length; i++)
        {
            string heard = string.Join(' ', marks.Take(i).Select(mark => mark.Word));
            turn.Heard.TextAt(marks[i].End - TimeSpan.FromTicks(1)).ShouldBe(heard);
        }
        marks[^1].End.ShouldBeLessThanOrEqualTo(turn.Heard.Given);
        events.OfType<AudioMark>().Count(mark => mark.Word is null).ShouldBe(events.OfType<AnswerSentence>().Count());
    }

    [Theory]
    [InlineData("500")]
    [InlineData("429")]
    [InlineData("reset")]
    [InlineData("empty")]
    [InlineData("malformed")]
    [InlineData("limit-data:bytes=100")]
    [InlineData("limit-data:bytes=100000")]
    [InlineData("limit-data:bytes=220000")]
    [InlineData("limit-data:bytes=300000")]
    public async Task What_a_voice_with_words_breaks_off_another_says(string fault)
    {
        // One piece of several sentences, each a line of the vendor's answer.
        const string Story =
            "It is warm today. So it will stay. The sun is out. I like that very much. And now it is over.";
        _simulator.Faults.Set(fault, model: "eleven_flash_v2_5");
        var pipeline = new VoicePipeline(
            new()
            {
                Chat = ActedChat.Says(Story),
                TextToSpeech = Find("elevenlabs").CreateTextToSpeechClient(),
                SpareTextToSpeech = Find("groq").CreateTextToSpeechClient(),
            },
            new() { MinPieceCharacters = 200 }
        );

        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromText("Hello."));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<TurnFailed>().Select(failed => failed.Error.ToString()).ShouldBeEmpty();
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.OfType<ProviderSwitched>().ShouldNotBeEmpty();
        turn.Heard.FullText.ShouldBe(Story);
        turn.Heard.TextAt(turn.Heard.Given).ShouldBe(Story);
        string last = "";
        for (TimeSpan played = TimeSpan.Zero; played < turn.Heard.Given; played += TimeSpan.FromMilliseconds(50))
        {
            string heard = turn.Heard.TextAt(played);
            heard.ShouldStartWith(last);
            Story.ShouldStartWith(heard);
            last = heard;
        }
        foreach (AudioMark mark in events.OfType<AudioMark>().Where(mark => mark.Word is not null))
            turn.Heard.TextAt(mark.End).ShouldContain(mark.Word!);
    }

    [Fact]
    public async Task A_chain_tells_who_failed_and_who_served()
    {
        _simulator.Faults.Set("503", count: 1, model: "whisper-large-v3-turbo");
        var engine = new FallbackEngine();
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = engine.CreateSpeechToTextClient([
                    new(Find("groq"), "whisper-large-v3-turbo"),
                    new(Find("openai"), "whisper-1"),
                ]),
                Chat = Find("groq").CreateChatClient(),
                TextToSpeech = Find("groq").CreateTextToSpeechClient(),
            }
        );

        await using VoiceTurn turn = pipeline.Start(
            VoiceInput.FromAudio(new MemoryStream(await SayAsync("Hello there.")))
        );
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        ProviderSwitched change = events.OfType<ProviderSwitched>().Single();
        (change.Stage, change.From, change.To).ShouldBe((VoiceStage.Hearing, "groq", "openai"));
        turn.Usage.Hearing.Select(call => (call.Provider, call.Succeeded))
            .ShouldBe([("groq", false), ("openai", true)]);
    }

    private IProvider Find(string name) => _providers.Find(name)!;

    private async Task<byte[]> SayAsync(string text)
    {
        TextToSpeechResponse spoken = await Find("groq")
            .CreateTextToSpeechClient()
            .GetAudioAsync(text, new() { AudioFormat = "wav" }, TestContext.Current.CancellationToken);
        return spoken.Contents.OfType<DataContent>().Single().Data.ToArray();
    }
}
