using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Http;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>ElevenLabs: voices and hearing; no language models.</summary>
internal sealed class ElevenLabsProvider : HttpProvider
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

    private readonly bool _logs;

    public ElevenLabsProvider(ProviderOptions options, ProviderEnvironment environment)
        : base(
            options,
            environment,
            AllServices,
            ProviderAddress.Of(options, "https://api.elevenlabs.io", text => ProviderAddress.Root(text, "")),
            Usual,
            isOpen: false,
            ElevenLabsWire.Describe(options),
            new ElevenLabsErrors()
        )
    {
        _logs =
            !options.Settings.TryGetValue(ElevenLabsProviderFactory.EnableLogging, out string? logging)
            || bool.Parse(logging);
    }

    public override bool HasDefaultVoice => Voices.Find(null) is not null;

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
            HttpOf(site),
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
        return new ElevenLabsTextToSpeechClient(HttpOf(site), site, Wire, Voices, Catalog, _logs);
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

    protected override async Task<IReadOnlyList<ProviderModel>> ReadModelsAsync(
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
        CatalogModel? known = Catalog.Find(model.Id!);
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
