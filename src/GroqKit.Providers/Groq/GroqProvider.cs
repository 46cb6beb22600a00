using System.Diagnostics.CodeAnalysis;
using GroqKit.Catalog;
using GroqKit.Models;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.OpenAI;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;
using GroqKit.Resilience;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Groq;

/// <summary>Groq over <see cref="GroqClient"/>: what that client retries, paces and breaks, it does here too.</summary>
internal sealed class GroqProvider : ConfiguredProvider
{
    public static readonly IReadOnlyList<ProviderService> AllServices = ProviderServiceNames.All;

    private static readonly Dictionary<ProviderService, string> Usual = new()
    {
        [ProviderService.Llm] = GroqModels.GptOss120B,
        [ProviderService.SpeechToText] = GroqModels.WhisperLargeV3Turbo,
        [ProviderService.TextToSpeech] = GroqModels.OrpheusEnglish,
    };

    private readonly GroqConnections _clients;
    private readonly ModelCatalog _catalog;
    private readonly bool _tracksLatency;
    private readonly VoiceNames _voices;

    public GroqProvider(ProviderOptions options, ProviderEnvironment environment)
        : base(options, environment, AllServices, Addresses(options), Usual, isOpen: false)
    {
        _clients = new GroqConnections(Connections, options, environment);
        _catalog = environment.Catalog[Kind];
        _tracksLatency = options.TrackLatency;
        _voices = new VoiceNames(options);
        Wire = new ProviderWire
        {
            Dialect = WireDialect.OpenAI,
            KeyHeader = "Authorization",
            KeyPrefix = "Bearer ",
            RequestIdHeader = "x-request-id",
            Headers = new Dictionary<string, string>(options.Headers),
            Paths = OpenAIWire.Paths,
        };
    }

    public override ProviderWire Wire { get; }

    public override IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null)
    {
        ProviderConnection to = Choose(connection);
        model ??= DefaultModel(ProviderService.Llm);
        return new TranslatingChatClient(
            _clients[to].AsIChatClient(model),
            new GroqFailures(Name, to, ProviderService.Llm),
            model
        );
    }

    [Experimental("MEAI001")]
    public override ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderConnection to = Choose(connection);
        model ??= DefaultModel(ProviderService.SpeechToText);
        return new TranslatingSpeechToTextClient(
            _clients[to].AsISpeechToTextClient(model),
            new GroqFailures(Name, to, ProviderService.SpeechToText),
            model
        );
    }

    [Experimental("MEAI001")]
    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderConnection to = Choose(connection);
        model ??= DefaultModel(ProviderService.TextToSpeech);
        return new TranslatingTextToSpeechClient(
            _clients[to].AsITextToSpeechClient(model, _voices.Find(null)),
            new GroqFailures(Name, to, ProviderService.TextToSpeech),
            _voices,
            model
        );
    }

    public override ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    )
    {
        GroqResilience known = _clients[Choose(connection)].Resilience;
        CircuitStatus? circuit = known.GetCircuit(model);
        return new ProviderCondition(circuit?.State is not CircuitState.Open, circuit?.RetryAfter)
        {
            Limits = known.GetRateLimits(model)?.Limits ?? [],
            Latency = _tracksLatency ? known.GetLatency(model) : null,
        };
    }

    public override TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) =>
        _clients[Choose(connection)].Resilience.GetWait(model);

    public override async Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    )
    {
        ProviderConnection to = Choose(connection);
        try
        {
            ModelList list = await _clients[to]
                .Models.ListAsync(cancellationToken: cancellationToken)
                .ConfigureAwait(false);
            return [.. list.Data.Select(Describe).OfType<ProviderModel>()];
        }
        catch (GroqException error)
        {
            throw new GroqFailures(Name, to, ProviderService.Llm).Translate(error, null);
        }
    }

    public override Task<ProviderCheck> ProbeAsync(
        ProviderService service,
        string? model = null,
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    )
    {
        Require(service);
        model ??= service == ProviderService.Llm ? GroqModels.GptOss20B : DefaultModel(service)!;
        return CheckAsync(connection, to => SmallCalls.MakeAsync(this, service, model, to, cancellationToken));
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        _clients.Dispose();
    }

    private static IEnumerable<Uri> Addresses(ProviderOptions options) =>
        ProviderAddress.Of(options, GroqClientOptions.DefaultBaseUrl, text => ProviderAddress.Root(text, "openai/v1/"));

    private ProviderModel? Describe(ModelInfo model)
    {
        CatalogModel facts = _catalog.Find(model.Id) ?? new CatalogModel { Id = model.Id, Kind = GuessKind(model) };
        return ProviderCatalog.ServiceOf(facts.Kind) is { } service && Services.Contains(service)
            ? new ProviderModel(Name, service, facts) { IsCatalogued = _catalog.Find(model.Id) is not null }
            : null;
    }

    private static ModelKind GuessKind(ModelInfo model) =>
        model.OutputModalities switch
        {
            { } output when output.Contains("transcription") => ModelKind.Transcription,
            { } output when output.Contains("speech") => ModelKind.Speech,
            { } output when output.Contains("text") => ModelKind.Chat,
            _ => ModelKind.Unknown,
        };
}
