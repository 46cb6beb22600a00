using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Http;
using GroqKit.Providers.Speech;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>ElevenLabs: voices and hearing; no language models.</summary>
internal sealed class ElevenLabsProvider : ConfiguredProvider
{
    public static readonly IReadOnlyList<ProviderService> AllServices =
    [
        ProviderService.SpeechToText,
        ProviderService.TextToSpeech,
    ];

    private static readonly Dictionary<ProviderService, string> Usual = new()
    {
        [ProviderService.SpeechToText] = "scribe_v2",
        [ProviderService.TextToSpeech] = "eleven_flash_v2_5",
    };

    private readonly Dictionary<ProviderConnection, ProviderHttp> _http;
    private readonly VoiceNames _voices;
    private readonly ModelCatalog _catalog;
    private readonly bool _logs;

    public ElevenLabsProvider(ProviderOptions options, ProviderEnvironment environment)
        : base(
            options,
            environment,
            AllServices,
            ProviderAddress.Of(options, "https://api.elevenlabs.io", text => ProviderAddress.Root(text, "")),
            Usual,
            isOpen: false
        )
    {
        Wire = ElevenLabsWire.Describe(options);
        _voices = new VoiceNames(options);
        _catalog = environment.Catalog[Kind];
        _logs =
            !options.Settings.TryGetValue(ElevenLabsProviderFactory.EnableLogging, out string? logging)
            || bool.Parse(logging);
        _http = Connections.ToDictionary(
            to => to,
            to => new ProviderHttp(to, Wire, new ElevenLabsErrors(), options, environment)
        );
    }

    public override ProviderWire Wire { get; }

    public override bool HasDefaultVoice => _voices.Find(null) is not null;

    public override IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null) =>
        throw Lacks(ProviderService.Llm);

    [Experimental("MEAI001")]
    public override ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderCall site = Site(ProviderService.SpeechToText, model, connection);
        return new ElevenLabsSpeechToTextClient(
            _http[site.Connection],
            site,
            Wire.AddressOf(site.Connection, WireOperation.Transcription)!,
            _logs
        );
    }

    [Experimental("MEAI001")]
    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderCall site = Site(ProviderService.TextToSpeech, model, connection);
        return new ElevenLabsTextToSpeechClient(_http[site.Connection], site, Wire, _voices, _catalog, _logs);
    }

    public override ProviderCondition Observe(
        ProviderService service,
        string model,
        ProviderConnection? connection = null
    ) => _http[Choose(connection)].Traffic.Observe(service, model);

    public override TimeSpan FindWait(ProviderService service, string model, ProviderConnection? connection = null) =>
        _http[Choose(connection)].Wait;

    public override Task<IReadOnlyList<ProviderModel>> ListModelsAsync(
        ProviderConnection? connection = null,
        CancellationToken cancellationToken = default
    )
    {
        var site = new ProviderCall(Name, Choose(connection), ProviderService.TextToSpeech, null);
        Uri address = Wire.AddressOf(site.Connection, WireOperation.Models)!;
        return _http[site.Connection]
            .SendAsync(
                site,
                () => new HttpRequestMessage(HttpMethod.Get, address),
                ReadModelsAsync,
                canRepeat: true,
                cancellationToken
            );
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
            to => SmallCalls.MakeAsync(this, service, model ?? DefaultModel(service)!, to, cancellationToken)
        );
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        foreach (ProviderHttp http in _http.Values)
            http.Dispose();
    }

    private ProviderCall Site(ProviderService service, string? model, ProviderConnection? connection) =>
        new(Name, Choose(connection), service, model ?? DefaultModel(service));

    private async Task<IReadOnlyList<ProviderModel>> ReadModelsAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            IReadOnlyList<VoiceModelAnswer>? list = await JsonSerializer
                .DeserializeAsync(body, ElevenLabsJson.Default.IReadOnlyListVoiceModelAnswer, cancellationToken)
                .ConfigureAwait(false);
            return [.. (list ?? []).Where(model => model is { CanSpeak: true, Id.Length: > 0 }).Select(Describe)];
        }
    }

    private ProviderModel Describe(VoiceModelAnswer model)
    {
        CatalogModel? known = _catalog.Find(model.Id!);
        return new ProviderModel(
            Name,
            ProviderService.TextToSpeech,
            known ?? new CatalogModel { Id = model.Id!, Kind = ModelKind.Speech }
        )
        {
            IsCatalogued = known is not null,
        };
    }
}
