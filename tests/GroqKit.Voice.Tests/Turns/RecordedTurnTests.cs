using GroqKit.Audio;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Turns that begin with real speech, over HTTP: against the simulator, and against Groq itself where there is a key.</summary>
[Requirement("GW-19", "PR-05")]
public sealed class RecordedTurnTests
{
    public static TheoryData<string, int, string> Recorded => Recordings.All;

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Recorded_speech_is_sent_without_its_silences(string voice, int rate, string treatment)
    {
        byte[] recording = await Recordings.MakeAsync(voice, rate, treatment);
        await using SimulatorServer simulator = await SimulatorServer.StartAsync();
        using ProviderSet providers = Providers("test-key", simulator.BaseAddress.AbsoluteUri);

        List<VoiceEvent> events = await RunAsync(providers, recording);

        events.OfType<TurnFailed>().Select(failed => failed.Error.Message).ShouldBeEmpty();
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.Sound().ShouldNotBeEmpty();
        RecordedRequest heard = simulator.Requests.Single(request =>
            request.Path.EndsWith("transcriptions", StringComparison.Ordinal)
        );
        // The file in a form begins with its mark and is as long as its header says.
        WavAudio sent = WavAudio.Parse(heard.Body[heard.Body.Span.IndexOf("RIFF"u8)..]);
        sent.Format.ShouldBe(WavFormat.Pcm16(Math.Min(rate, 16_000)));
        // Where there is noise, some of it may pass for speech.
        sent.Duration.TotalSeconds.ShouldBeInRange(1.0, treatment is "noise" ? 4.0 : 3.2, "the silences were not sent");
        double said = events.OfType<TranscriptDone>().Single().Duration!.Value.TotalSeconds;
        said.ShouldBe(WavAudio.Parse(recording).Duration.TotalSeconds, 0.05);
    }

    [Theory]
    [MemberData(nameof(Recorded))]
    public async Task Recorded_speech_is_understood_and_answered_by_Groq(string voice, int rate, string treatment)
    {
        string? key = Environment.GetEnvironmentVariable("GROQ_API_KEY");
        Assert.SkipWhen(string.IsNullOrWhiteSpace(key), "GROQ_API_KEY is not set.");
        byte[] recording = await Recordings.MakeAsync(voice, rate, treatment);
        using ProviderSet providers = Providers(key, null);

        List<VoiceEvent> events = await RunAsync(providers, recording);

        events.OfType<TurnFailed>().Select(failed => failed.Error.Message).ShouldBeEmpty();
        events.OfType<TranscriptDone>().Single().Text.ShouldContain("how are you", Case.Insensitive);
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.Sound().Length.ShouldBeGreaterThan(10_000);
    }

    private static ProviderSet Providers(string key, string? address) =>
        ProviderRegistry.Default.Create([
            new()
            {
                Name = "groq",
                Kind = "groq",
                ApiKey = key,
                BaseUrl = address,
            },
        ]);

    private static async Task<List<VoiceEvent>> RunAsync(ProviderSet providers, byte[] recording)
    {
        IProvider groq = providers.All[0];
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = groq.CreateSpeechToTextClient("whisper-large-v3-turbo"),
                Chat = groq.CreateChatClient("openai/gpt-oss-20b"),
                TextToSpeech = groq.CreateTextToSpeechClient("canopylabs/orpheus-v1-english"),
                HearingOptions = new() { SpeechLanguage = "en" },
            }
        );
        await using VoiceTurn turn = pipeline.Start(
            VoiceInput.FromAudio(new MemoryStream(recording)),
            [new ChatMessage(ChatRole.System, "Answer in one short sentence.")]
        );
        return await turn.ReadAllAsync();
    }
}
