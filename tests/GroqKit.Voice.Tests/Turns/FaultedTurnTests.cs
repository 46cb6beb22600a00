using System.Collections.Concurrent;
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

    private const string HearingModel = "whisper-large-v3-turbo";

    // One that does not think first: another goes on with its answer where it broke.
    private const string AnsweringModel = "llama-3.3-70b-versatile";
    private const string SpeakingModel = "canopylabs/orpheus-v1-english";

    private static readonly FallbackOptions Deadlines = new()
    {
        FirstOutputTimeout = TimeSpan.FromSeconds(4),
        LastFirstOutputTimeout = TimeSpan.FromSeconds(4),
        WholeAnswerTimeout = TimeSpan.FromSeconds(4),
        GapTimeout = TimeSpan.FromSeconds(4),
        Rounds = 1,
        OnBreak = BreakPolicy.Continue,
    };

    private readonly FallbackEngine _engine = new();
    private readonly ConcurrentBag<IDisposable> _made = [];
    private SimulatorServer _simulator = null!;
    private byte[] _question = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync(new() { EnterpriseModels = true });
        TextToSpeechResponse spoken = await Provider(_ => null)
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
        foreach (IDisposable one in _made)
            one.Dispose();
        await _simulator.DisposeAsync();
    }

    [Fact]
    public void There_are_66_of_them() => FaultCells.All.Distinct().Count().ShouldBe(3 * 11 * 2);

    [Theory]
    [InlineData(VoiceStage.Hearing)]
    [InlineData(VoiceStage.Answering)]
    [InlineData(VoiceStage.Speaking)]
    public Task With_another_provider_every_sentence_is_said_once(VoiceStage stage) =>
        EachAsync(
            stage,
            async cell =>
            {
                (FaultedTurn turn, ConcurrentQueue<string>? spoken) = await RunAsync(cell, alone: false);
                turn.ShouldHaveSaidOnce(spoken, stage == VoiceStage.Answering ? null : Story);
            }
        );

    [Theory]
    [InlineData(VoiceStage.Hearing)]
    [InlineData(VoiceStage.Answering)]
    [InlineData(VoiceStage.Speaking)]
    public Task Alone_it_is_one_clear_error_in_time(VoiceStage stage) =>
        EachAsync(stage, async cell => (await RunAsync(cell, alone: true)).Turn.ShouldHaveFailedOnce(stage));

    // All at once: most of them wait for a deadline.
    private static async Task EachAsync(VoiceStage stage, Func<FaultCell, Task> check)
    {
        string[] wrong = await Task.WhenAll(FaultCells.All.Where(cell => cell.Stage == stage).Select(CheckAsync));
        wrong.Where(text => text.Length > 0).ShouldBeEmpty();

        async Task<string> CheckAsync(FaultCell cell)
        {
            try
            {
                await check(cell);
                return "";
            }
            catch (Exception failure)
            {
                return $"{cell}: {failure.Message}";
            }
        }
    }

    private async Task<(FaultedTurn Turn, ConcurrentQueue<string>? Spoken)> RunAsync(FaultCell cell, bool alone)
    {
        if (cell.Stage == VoiceStage.Speaking)
        {
            int first = cell.MeetsNextCall ? 1 : 0;
            IProvider faulty = Provider(call => call >= first ? cell.Fault : null);
            var speaking = new VoiceClients
            {
                Chat = ActedChat.Says(Story),
                TextToSpeech = Voice(alone ? [faulty] : [faulty, Provider(_ => null)]),
                SpareTextToSpeech = alone ? null : Voice([Provider(_ => null)]),
                SpeakingOptions = new() { AudioFormat = "wav" },
            };
            return (await RunAsync(speaking, VoiceInput.FromText("Tell me a story.")), null);
        }
        List<IProvider> chain = cell.MeetsNextCall ? [Provider(_ => FaultCells.BreakOf(cell.Stage))] : [];
        chain.Add(Provider(_ => cell.Fault));
        if (!alone)
            chain.Add(Provider(_ => null));
        var voice = new ActedVoice();
        if (cell.Stage == VoiceStage.Answering)
        {
            IChatClient model = _engine.CreateChatClient(Chain(chain, AnsweringModel), Deadlines);
            var answering = new VoiceClients { Chat = model, TextToSpeech = voice };
            return (await RunAsync(answering, VoiceInput.FromText("Tell me a story of the sea.")), voice.Texts);
        }
        var hearing = new VoiceClients
        {
            SpeechToText = _engine.CreateSpeechToTextClient(Chain(chain, HearingModel), Deadlines),
            Chat = ActedChat.Says(Story),
            TextToSpeech = voice,
        };
        return (await RunAsync(hearing, VoiceInput.FromAudio(new MemoryStream(_question))), voice.Texts);
    }

    private static async Task<FaultedTurn> RunAsync(VoiceClients clients, VoiceInput input)
    {
        var options = new VoiceOptions { SlowVoiceTimeout = TimeSpan.FromSeconds(2) };
        await using VoiceTurn turn = new VoicePipeline(clients, options).Start(input);
        return new(
            await turn.ReadAllAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken),
            turn.Heard.FullText
        );
    }

    private static FallbackTarget[] Chain(IEnumerable<IProvider> providers, string model) =>
        [.. providers.Select(provider => new FallbackTarget(provider, model))];

    private FallbackTextToSpeechClient Voice(IProvider[] chain) =>
        _engine.CreateTextToSpeechClient(Chain(chain, SpeakingModel), Deadlines);

    // A name of its own for each: the health that an engine keeps is by provider.
    private IProvider Provider(Func<int, string?> faultOf)
    {
        var options = new ProviderOptions
        {
            Name = $"p{Guid.NewGuid():N}",
            Kind = "groq",
            ApiKey = "test-key",
            BaseUrl = _simulator.BaseAddress.AbsoluteUri,
            MaxRetries = 0,
        };
        options.Headers["x-sim-tokens"] = "120";
        var line = new FaultyLine(faultOf);
        ProviderSet set = ProviderRegistry.Default.Create([options], new() { Transport = _ => line });
        _made.Add(set);
        _made.Add(line);
        return set.All[0];
    }
}
