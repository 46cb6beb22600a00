using System.Collections.Concurrent;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Played;

/// <summary>A provider whose answers the test wrote: the first call plays the first script, and so on; the last is played for ever.</summary>
internal sealed class PlayedProvider(string name, params Act[][] scripts)
    : ConfiguredProvider(
        new ProviderOptions
        {
            Name = name,
            Kind = "groq",
            Keys =
            [
                .. Enumerable
                    .Range(1, 3)
                    .Select(key => new ProviderKeyOptions { Name = $"k{key}", ApiKey = $"key-{key}" }),
            ],
        },
        new ProviderEnvironment(),
        ProviderServiceNames.All,
        [new Uri("http://127.0.0.1:1/")],
        new Dictionary<ProviderService, string>(),
        isOpen: true
    ),
        IProvider
{
    private readonly ConcurrentQueue<Act[]> _scripts = new(scripts);
    private Act[] _last = scripts[^1];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _running;

    IReadOnlyList<ProviderConnection> IProvider.Connections =>
        Keys == 1 ? [Connections[0]] : [.. Connections.Take(Keys)];

    /// <summary>How many keys it has, 1 to 3.</summary>
    public int Keys { get; init; } = 1;

    /// <summary>What it was asked, in order.</summary>
    public ConcurrentQueue<IList<ChatMessage>> Asked { get; } = new();

    /// <summary>By which key.</summary>
    public ConcurrentQueue<string> By { get; } = new();

    public int Calls => By.Count;

    /// <summary>Answers that are being given at this moment.</summary>
    public int Running => Volatile.Read(ref _running);

    /// <summary>Completes when an answer has ended and none is being given.</summary>
    public Task Ended => _ended.Task;

    public ProviderCondition Condition { get; set; } = ProviderCondition.Unknown;

    /// <summary>How far off the turn of every call is.</summary>
    public TimeSpan Wait { get; init; }

    public Func<ProviderCheck> Probed { get; set; } =
        () => throw new InvalidOperationException("The test expected no probe.");

    public override ProviderWire Wire { get; } =
        new()
        {
            Dialect = WireDialect.OpenAI,
            KeyHeader = "Authorization",
            RequestIdHeader = "x-request-id",
            Paths = new Dictionary<WireOperation, string>(),
        };

    public Act[] Begin(ProviderConnection? connection, IEnumerable<ChatMessage> messages)
    {
        Asked.Enqueue([.. messages]);
        By.Enqueue(connection!.KeyName);
        Interlocked.Increment(ref _running);
        return _scripts.TryDequeue(out Act[]? script) ? _last = script : _last;
    }

    public void End()
    {
        if (Interlocked.Decrement(ref _running) == 0)
            _ended.TrySetResult();
    }

    public override IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null) =>
        new PlayedChat(this, connection);

    public override ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    ) => new PlayedTranscription(this, connection);

    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    ) => new PlayedSpeech(this, connection);

    public override ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    ) => Condition;

    public override TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) =>
        Wait;

    public override Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Models);

    public override Task<ProviderCheck> ProbeAsync(
        ProviderService service,
        string? model = null,
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(Probed());
}
