using System.Diagnostics;
using GroqKit.Audio;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
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
            new()
            {
                Name = "groq",
                Kind = "groq",
                ApiKey = "test-key",
                BaseUrl = _simulator.BaseAddress.AbsoluteUri,
                MaxRetries = 0,
            },
            new()
            {
                Name = "openai",
                Kind = "openai",
                ApiKey = "test-key",
                BaseUrl = new Uri(_simulator.BaseAddress, "sim/openai").AbsoluteUri,
                MaxRetries = 0,
                DefaultModels =
                {
                    ["llm"] = "gpt-5-mini",
                    ["stt"] = "gpt-4o-mini-transcribe",
                    ["tts"] = "gpt-4o-mini-tts",
                },
            },
            new()
            {
                Name = "elevenlabs",
                Kind = "elevenlabs",
                ApiKey = "test-key",
                BaseUrl = new Uri(_simulator.BaseAddress, "sim/elevenlabs").AbsoluteUri,
                MaxRetries = 0,
                Voices = { ["default"] = "21m00Tcm4TlvDq8ikWAM" },
            },
        ]);
    }

    public async ValueTask DisposeAsync()
    {
        _providers.Dispose();
        await _simulator.DisposeAsync();
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
        events.OfType<AudioMark>().Count().ShouldBe(events.OfType<AnswerSentence>().Count());
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

    [Theory]
    [InlineData("en-us", 16_000, "")]
    [InlineData("en-gb+f3", 22_050, "pad 2 2")]
    [InlineData("de", 8_000, "-e mu-law pad 1 1")]
    [InlineData("fr+m2", 16_000, "noise")]
    public async Task Recorded_speech_is_found_between_its_silences(string voice, int rate, string treatment)
    {
        Assert.SkipUnless(Installed("espeak-ng") && Installed("sox"), "needs espeak-ng and sox");
        using var folder = new TempDirectory();
        string plain = folder.At("plain.wav");
        string made = folder.At("made.wav");
        await RunAsync("espeak-ng", ["-v", voice, "-w", plain, "Hello, how are you today?"]);
        string[] effects = treatment switch
        {
            "" => [],
            "noise" => ["pad", "1", "1"],
            _ => treatment.Replace("-e mu-law ", "", StringComparison.Ordinal).Split(' '),
        };
        string[] form = treatment.Contains("mu-law", StringComparison.Ordinal) ? ["-e", "mu-law"] : ["-b", "16"];
        await RunAsync("sox", [plain, "-r", $"{rate}", "-c", "1", .. form, made, .. effects]);
        if (treatment is "noise")
        {
            string noise = folder.At("noise.wav");
            string mixed = folder.At("mixed.wav");
            await RunAsync(
                "sox",
                ["-n", "-r", $"{rate}", "-c", "1", "-b", "16", noise, "synth", "6", "brownnoise", "vol", "0.02"]
            );
            await RunAsync("sox", ["-m", "-v", "1", made, "-v", "1", noise, mixed, "trim", "0", "4.5"]);
            made = mixed;
        }
        string? seen = null;
        var pipeline = new VoicePipeline(
            new()
            {
                SpeechToText = new ActedHearing(
                    async (stream, cancel) =>
                    {
                        await using WavReader reader = await WavReader.OpenAsync(stream, cancellationToken: cancel);
                        seen = reader.Duration!.Value.TotalSeconds.ToString(
                            "0.0",
                            System.Globalization.CultureInfo.InvariantCulture
                        );
                        return "heard";
                    }
                ),
                Chat = ActedChat.Says("Fine, thank you very much."),
                TextToSpeech = new ActedVoice(),
            }
        );

        await using FileStream file = File.OpenRead(made);
        await using VoiceTurn turn = pipeline.Start(VoiceInput.FromAudio(file));
        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        double sent = double.Parse(seen!, System.Globalization.CultureInfo.InvariantCulture);
        // Where there is noise, some of it may pass for speech.
        sent.ShouldBeInRange(1.0, treatment is "noise" ? 4.0 : 3.2, "the silences were not sent");
        events.OfType<TranscriptDone>().Single().Duration!.Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(sent - 0.1);
    }

    private IProvider Find(string name) => _providers.Find(name)!;

    private async Task<byte[]> SayAsync(string text)
    {
        TextToSpeechResponse spoken = await Find("groq")
            .CreateTextToSpeechClient()
            .GetAudioAsync(text, new() { AudioFormat = "wav" }, TestContext.Current.CancellationToken);
        return spoken.Contents.OfType<DataContent>().Single().Data.ToArray();
    }

    private static bool Installed(string program) =>
        Environment
            .GetEnvironmentVariable("PATH")!
            .Split(':')
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static async Task RunAsync(string program, string[] arguments)
    {
        using Process process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false }
        )!;
        string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0, errors);
    }
}
