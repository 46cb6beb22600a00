using System.Net;
using System.Net.Sockets;
using GroqKit.Audio;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Requests;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Matrix;

/// <summary>Two real providers over real HTTP, the first of which fails. Deadlines stand still until the test lets them pass.</summary>
internal sealed class WireChain : IDisposable
{
    public const string Key = "wire-chain-key";

    private const string IdHeader = "x-test-id";

    // Longer to say than any pause before a first word.
    private const string LongText = "Tell a story of the sea, of the wind, and of a lamp that never went out.";

    private static readonly TimeSpan BeyondEveryDeadline = TimeSpan.FromSeconds(61);

    private static readonly Dictionary<string, string> NoVoices = [];
    private static readonly Dictionary<string, string> Voices = new() { ["default"] = "JBFqnCBsd6RMkjVDRZzb" };

    private readonly ManualTimeProvider _time = new();
    private readonly WatchedTransport _first = new();
    private readonly WatchedTransport _second = new();
    private readonly TaskCompletionSource _heardSome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SimulatorServer _simulator;
    private readonly ProviderService _service;
    private readonly string _id;
    private readonly ProviderSet _providers;
    private readonly FallbackTarget[] _chain;

    private WireChain(SimulatorServer simulator, ProviderService service, ProviderOptions[] providers)
    {
        _id = Guid.NewGuid().ToString("N");
        foreach (ProviderOptions options in providers)
        {
            options.Headers[IdHeader] = _id;
            options.Headers["x-sim-tokens"] = "120";
        }
        _simulator = simulator;
        _service = service;
        _providers = ProviderRegistry.Default.Create(
            providers,
            new ProviderEnvironment { Transport = options => options.Name == "first" ? _first : _second }
        );
        _chain =
        [
            .. _providers.All.Select(provider => new FallbackTarget(provider, ModelOf(provider.Kind.Value, service))),
        ];
    }

    public FallbackTrace Trace { get; } = new();

    /// <summary>What was delivered, piece by piece: text, or sound as hexadecimal digits.</summary>
    public List<string> Heard { get; } = [];

    /// <summary>What is asked or said.</summary>
    public string Words { get; init; } = LongText;

    public List<FallbackSwitch> Switches { get; } = [];

    public int SecondRequests => _second.Requests;

    public static IReadOnlyList<string> KindsOf(ProviderService service) =>
        service is ProviderService.Llm ? ["groq", "openai"] : ["groq", "openai", "elevenlabs"];

    /// <param name="simulator">Serves both.</param>
    /// <param name="service">The service.</param>
    /// <param name="first">The kind of the first.</param>
    /// <param name="fault">What is wrong with the first; null: nobody listens at its address.</param>
    /// <param name="words">What is asked or said; null: a text that takes a while.</param>
    public static WireChain Create(
        SimulatorServer simulator,
        ProviderService service,
        string first,
        string? fault,
        string? words = null
    )
    {
        ProviderOptions failing = Options(simulator, "first", first);
        if (fault is null)
            failing.BaseUrl = failing.BaseUrl!.Replace(
                simulator.BaseAddress.Authority,
                $"127.0.0.1:{ClosedPort()}",
                StringComparison.Ordinal
            );
        else
            failing.Headers["x-sim-fault"] = fault;
        return new(simulator, service, [failing, Options(simulator, "second", SecondOf(service, first))])
        {
            Words = words ?? LongText,
        };
    }

    /// <summary>Only the second of the chain that <see cref="Create"/> makes.</summary>
    public static WireChain Second(SimulatorServer simulator, ProviderService service, string first, string words) =>
        new(simulator, service, [Options(simulator, "second", SecondOf(service, first))]) { Words = words };

    /// <summary>Asks, and gives back all that was delivered.</summary>
    public async Task<string> AskAsync(bool streams, FallbackOptions? options = null)
    {
        var engine = new FallbackEngine(timeProvider: _time, randomness: () => 0.5);
        await (
            _service switch
            {
                ProviderService.Llm => ChatAsync(engine, streams, options),
                ProviderService.SpeechToText => HearAsync(engine, streams, options),
                _ => SpeakAsync(engine, streams, options),
            }
        );
        return string.Concat(Heard);
    }

    /// <summary>Lets the first's deadline pass once its call has come as far as it will.</summary>
    public async Task PassDeadlineAsync(Hang hang)
    {
        if (hang is Hang.None)
            return;
        await _time.WhenArmedAsync();
        await (
            hang switch
            {
                Hang.Request => _simulator.Requests.WaitForAsync(
                    request => request.Headers.GetValueOrDefault(IdHeader) == _id && request.Fault is not null,
                    TestContext.Current.CancellationToken
                ),
                Hang.Headers => _first.Headers,
                _ => _first.Pieces,
            }
        );
        _time.Advance(BeyondEveryDeadline);
    }

    /// <summary>Lets the first's longest silence pass after output was delivered.</summary>
    public async Task PassGapAsync(Hang hang, Task asking)
    {
        if (hang is Hang.None)
            return;
        await Task.WhenAny(_heardSome.Task, asking);
        // The clock moves only while the first is the one that is waited for: the second must not be hurried.
        while (Trace.Steps[0].Outcome is FallbackStepOutcome.Running)
        {
            await Task.WhenAny(_time.WhenArmedAsync(), asking);
            if (Trace.Steps[0].Outcome is FallbackStepOutcome.Running)
                _time.Advance(BeyondEveryDeadline);
            await Task.Yield();
        }
    }

    public void Dispose()
    {
        _providers.Dispose();
        _first.Dispose();
        _second.Dispose();
    }

    private async Task ChatAsync(FallbackEngine engine, bool streams, FallbackOptions? options)
    {
        var client = engine.CreateChatClient(_chain, options);
        ChatMessage[] messages = [new(ChatRole.User, Words)];
        if (!streams)
        {
            Note((await client.GetResponseAsync(messages, null, Trace)).Text);
            return;
        }
        await foreach (ChatResponseUpdate update in client.GetStreamingResponseAsync(messages, null, Trace))
        {
            if (update.AdditionalProperties?.TryGetValue(FallbackSwitch.PropertyName, out object? change) is true)
                Switches.Add((FallbackSwitch)change!);
            Note(update.Text);
        }
    }

    private async Task HearAsync(FallbackEngine engine, bool streams, FallbackOptions? options)
    {
        var client = engine.CreateSpeechToTextClient(_chain, options);
        using var recording = new MemoryStream(new WavAudio(WavFormat.Pcm16(16_000), new byte[32_000]).ToArray());
        if (!streams)
        {
            Note((await client.GetTextAsync(recording, null, Trace)).Text);
            return;
        }
        await foreach (SpeechToTextResponseUpdate update in client.GetStreamingTextAsync(recording, null, Trace))
            Note(update.Text);
    }

    private async Task SpeakAsync(FallbackEngine engine, bool streams, FallbackOptions? options)
    {
        var client = engine.CreateTextToSpeechClient(_chain, options);
        var form = new TextToSpeechOptions { AudioFormat = "pcm" };
        if (!streams)
        {
            TextToSpeechResponse spoken = await client.GetAudioAsync(Words, form, Trace);
            spoken.Contents.OfType<DataContent>().ToList().ForEach(Note);
            return;
        }
        await foreach (TextToSpeechResponseUpdate update in client.GetStreamingAudioAsync(Words, form, Trace))
            update.Contents.OfType<DataContent>().ToList().ForEach(Note);
    }

    private void Note(DataContent sound) => Note(Convert.ToHexString(sound.Data.Span));

    private void Note(string piece)
    {
        if (piece.Length == 0)
            return;
        Heard.Add(piece);
        _heardSome.TrySetResult();
    }

    private static string SecondOf(ProviderService service, string first) =>
        (service, first) switch
        {
            (ProviderService.Llm, "groq") => "openai",
            (ProviderService.Llm, _) => "groq",
            (_, "groq") => "elevenlabs",
            (_, "openai") => "groq",
            _ => "openai",
        };

    private static string ModelOf(string kind, ProviderService service) =>
        (kind, service) switch
        {
            ("groq", ProviderService.Llm) => "openai/gpt-oss-120b",
            ("groq", ProviderService.SpeechToText) => "whisper-large-v3-turbo",
            ("groq", _) => "canopylabs/orpheus-v1-english",
            ("openai", ProviderService.Llm) => "gpt-4.1",
            ("openai", ProviderService.SpeechToText) => "gpt-transcribe",
            ("openai", _) => "gpt-4o-mini-tts",
            (_, ProviderService.SpeechToText) => "scribe_v2",
            _ => "eleven_flash_v2_5",
        };

    private static ProviderOptions Options(SimulatorServer simulator, string name, string kind) =>
        new()
        {
            Name = name,
            Kind = kind,
            ApiKey = Key,
            BaseUrl = simulator.BaseAddress + (kind == "groq" ? "" : $"sim/{kind}"),
            MaxRetries = 0,
            Voices = kind == "elevenlabs" ? Voices : NoVoices,
        };

    private static int ClosedPort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
