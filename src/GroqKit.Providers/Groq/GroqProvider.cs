using System.Diagnostics.CodeAnalysis;
using GroqKit.Catalog;
using GroqKit.Models;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Wire;
using GroqKit.Resilience;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Groq;

/// <summary>Groq over <see cref="GroqClient"/>: what that client retries, paces and breaks, it does here too.</summary>
internal sealed class GroqProvider : ConfiguredProvider
{
    public static readonly IReadOnlyList<ProviderService> AllServices = [ProviderService.Llm];

    private static readonly Dictionary<ProviderService, string> Usual = new()
    {
        [ProviderService.Llm] = GroqModels.GptOss120B,
        [ProviderService.SpeechToText] = GroqModels.WhisperLargeV3Turbo,
        [ProviderService.TextToSpeech] = GroqModels.OrpheusEnglish,
    };

    private readonly GroqConnections _clients;
    private readonly ModelCatalog _catalog;
    private readonly bool _tracksLatency;

    public GroqProvider(ProviderOptions options, ProviderEnvironment environment)
        : base(options, environment, AllServices, Addresses(options), Usual, isOpen: false)
    {
        _clients = new GroqConnections(Connections, options, environment);
        _catalog = environment.Catalog[Kind];
        _tracksLatency = options.TrackLatency;
        Wire = new ProviderWire
        {
            Dialect = WireDialect.OpenAI,
            KeyHeader = "Authorization",
            KeyPrefix = "Bearer ",
            RequestIdHeader = "x-request-id",
            Headers = new Dictionary<string, string>(options.Headers),
            Paths = new Dictionary<WireOperation, string>
            {
                [WireOperation.Chat] = "chat/completions",
                [WireOperation.Transcription] = "audio/transcriptions",
                [WireOperation.Translation] = "audio/translations",
                [WireOperation.Speech] = "audio/speech",
                [WireOperation.Embeddings] = "embeddings",
                [WireOperation.Models] = "models",
            },
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
    ) => throw Lacks(ProviderService.SpeechToText);

    [Experimental("MEAI001")]
    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    ) => throw Lacks(ProviderService.TextToSpeech);

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
        return CheckAsync(
            connection,
            async to =>
            {
                using IChatClient client = CreateChatClient(model ?? GroqModels.GptOss20B, to);
                await client
                    .GetResponseAsync("ping", new ChatOptions { MaxOutputTokens = 1 }, cancellationToken)
                    .ConfigureAwait(false);
                return null;
            }
        );
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
