using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Speech;
using GroqKit.Simulator.Hosting;
using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>
/// Everything that can go wrong at a stage, before and after its first output, over real HTTP: with another provider every sentence is said once,
/// alone there is one clear error in time.
/// </summary>
[Requirement("GW-19", "PR-09")]
public sealed class FaultedTurnTests : IAsyncLifetime
{
    private const string Story =
        "Of course, my friend, I will tell you one. The first sentence of the story is long enough to be spoken alone. "
        + "The second sentence has a length of its own, as the first one had. The third of them has an end.";

    // One that does not think first: another goes on with its answer where it broke.
    private const string Model = "llama-3.3-70b-versatile";

    private const string Refused = "refuse";

    // So slow that nothing whole comes within any deadline.
    private const string Drip = "slice:bytes=1;ms=60";

    private static readonly string[] BeforeOutput =
    [
        Refused,
        "401",
        "429",
        "500",
        "hang",
        "headers-only",
        "stall:after=0",
        "cut:after=0",
        "malformed:after=0",
        "empty",
        Drip,
    ];

    private static readonly string[] AfterOutput =
    [
        "stall:after=40",
        "cut:after=40",
        "malformed:after=40",
        "error-event:after=40",
        "no-done",
    ];

    private static readonly string[] SpeakingBefore =
    [
        Refused,
        "401",
        "429",
        "500",
        "hang",
        "headers-only",
        "silent",
        "empty",
        Drip,
    ];
    private static readonly string[] SpeakingAfter = ["stall:after=4", "cut:after=4", "limit-data:bytes=60000"];

    private static readonly FallbackOptions Deadlines = new()
    {
        FirstOutputTimeout = TimeSpan.FromSeconds(3),
        LastFirstOutputTimeout = TimeSpan.FromSeconds(3),
        WholeAnswerTimeout = TimeSpan.FromSeconds(3),
        GapTimeout = TimeSpan.FromSeconds(3),
        Rounds = 1,
        OnBreak = BreakPolicy.Continue,
    };

    private readonly FallbackEngine _engine = new();
    private readonly ConcurrentBag<ProviderSet> _sets = [];
    private SimulatorServer _simulator = null!;
    private byte[] _question = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        TextToSpeechResponse spoken = await Provider(null)
            .CreateTextToSpeechClient()
            .GetAudioAsync(
                "What is the capital of France?",
                new() { AudioFormat = "wav" },
                TestContext.Current.CancellationToken
            );
        _question = spoken.Contents.OfType<DataContent>().Single().Data.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ProviderSet set in _sets)
            set.Dispose();
        await _simulator.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Whatever_goes_wrong_in_hearing(bool alone) =>
        EachAsync(
            BeforeOutput,
            async fault =>
            {
                var voice = new ActedVoice();
                Turn turn = await RunAsync(
                    new()
                    {
                        SpeechToText = _engine.CreateSpeechToTextClient(
                            Chain(fault, alone, "whisper-large-v3-turbo"),
                            Deadlines
                        ),
                        Chat = ActedChat.Says(Story),
                        TextToSpeech = voice,
                    },
                    VoiceInput.FromAudio(new MemoryStream(_question))
                );
                if (alone)
                    turn.ShouldHaveFailedOnce(VoiceStage.Hearing);
                else
                    turn.ShouldHaveSaidOnce(voice.Texts, Story);
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Whatever_goes_wrong_in_answering(bool alone) =>
        EachAsync(
            [.. BeforeOutput, .. AfterOutput],
            async fault =>
            {
                var voice = new ActedVoice();
                Turn turn = await RunAsync(
                    new()
                    {
                        Chat = _engine.CreateChatClient(Chain(fault, alone, Model), Deadlines),
                        TextToSpeech = voice,
                    },
                    VoiceInput.FromText("Tell me a story of the sea.")
                );
                if (alone)
                    turn.ShouldHaveFailedOnce(VoiceStage.Answering);
                else
                    turn.ShouldHaveSaidOnce(voice.Texts, null);
            }
        );

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public Task Whatever_goes_wrong_in_speaking(bool alone) =>
        EachAsync(
            [.. SpeakingBefore, .. SpeakingAfter],
            async fault =>
            {
                Turn turn = await RunAsync(
                    new()
                    {
                        Chat = ActedChat.Says(Story),
                        TextToSpeech = Voice(Chain(fault, alone, "canopylabs/orpheus-v1-english")),
                        SpareTextToSpeech = alone ? null : Voice(Chain(null, true, "canopylabs/orpheus-v1-english")),
                        SpeakingOptions = new() { AudioFormat = "wav" },
                    },
                    VoiceInput.FromText("Tell me a story.")
                );
                if (alone)
                    turn.ShouldHaveFailedOnce(VoiceStage.Speaking);
                else
                    turn.ShouldHaveSaidOnce(turn.Events.OfType<AnswerSentence>().Select(one => one.Text), Story);
            }
        );

    private FallbackTextToSpeechClient Voice(FallbackTarget[] chain) => _engine.CreateTextToSpeechClient(chain, Deadlines);

    // All at once: most of them wait for a deadline.
    private static async Task EachAsync(string[] faults, Func<string, Task> check)
    {
        Task[] all = [.. faults.Select(CheckAsync)];
        await Task.WhenAll(all);

        async Task CheckAsync(string fault)
        {
            try
            {
                await check(fault);
            }
            catch (Exception failure)
            {
                throw new InvalidOperationException(fault, failure);
            }
        }
    }

    private static async Task<Turn> RunAsync(VoiceClients clients, VoiceInput input)
    {
        var pipeline = new VoicePipeline(clients, new() { TurnTimeout = TimeSpan.FromSeconds(25) });
        await using VoiceTurn turn = pipeline.Start(input);
        return new(
            await turn.ReadAllAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken),
            turn.Heard.FullText
        );
    }

    private FallbackTarget[] Chain(string? fault, bool alone, string model) =>
        alone ? [new(Provider(fault), model)] : [new(Provider(fault), model), new(Provider(null), model)];

    // A name of its own for each: the health that an engine keeps is by provider.
    private IProvider Provider(string? fault)
    {
        var options = new ProviderOptions
        {
            Name = $"p{_sets.Count}-{Guid.NewGuid():N}",
            Kind = "groq",
            ApiKey = "test-key",
            BaseUrl = fault == Refused ? $"http://127.0.0.1:{ClosedPort()}" : _simulator.BaseAddress.AbsoluteUri,
            MaxRetries = 0,
        };
        options.Headers["x-sim-tokens"] = "120";
        if (fault is not (null or Refused))
            options.Headers["x-sim-fault"] = fault;
        ProviderSet set = ProviderRegistry.Default.Create([options]);
        _sets.Add(set);
        return set.All[0];
    }

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed record Turn(List<VoiceEvent> Events, string FullText)
    {
        public void ShouldHaveFailedOnce(VoiceStage stage)
        {
            VoiceException failure = Events.OfType<TurnFailed>().ShouldHaveSingleItem().Error;
            failure.Stage.ShouldBe(stage, failure.ToString());
            failure.Message.ShouldNotBeNullOrWhiteSpace();
            Events.Outcome().ShouldBe(VoiceOutcome.Failed);
            Events[^1].ShouldBeOfType<TurnDone>();
        }

        public void ShouldHaveSaidOnce(IEnumerable<string> said, string? story)
        {
            Events.OfType<TurnFailed>().Select(failed => failed.Error.ToString()).ShouldBeEmpty();
            Events.Outcome().ShouldBe(VoiceOutcome.Completed);
            string[] sentences = [.. Events.OfType<AnswerSentence>().Select(sentence => sentence.Text)];
            said.ShouldBe(sentences);
            FullText.ShouldBe(string.Join(' ', sentences));
            if (story is not null)
                FullText.ShouldBe(story);
            Events.OfType<AudioMark>().Count().ShouldBe(sentences.Length);
            Events.OfType<AudioDelta>().Select(delta => delta.Piece).Distinct().Count().ShouldBe(sentences.Length);
        }
    }
}
