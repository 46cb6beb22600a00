using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using GroqKit.Catalog;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Http;
using GroqKit.Providers.OpenAI.Chat;
using GroqKit.Providers.OpenAI.Speech;
using GroqKit.Providers.Wire;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.OpenAI;

/// <summary>OpenAI, or a server that speaks its language.</summary>
internal sealed class OpenAIProvider : HttpProvider
{
    public const string DefaultAddress = "https://api.openai.com";

    public static readonly IReadOnlyList<ProviderService> AllServices = ProviderServiceNames.All;

    private static readonly Dictionary<ProviderService, string> Usual = new()
    {
        [ProviderService.Llm] = "gpt-6-luna",
        [ProviderService.SpeechToText] = "gpt-transcribe",
        [ProviderService.TextToSpeech] = "gpt-4o-mini-tts",
    };

    private readonly OpenAIChatSettings _chat;
    private readonly bool _namesVoice;

    public OpenAIProvider(ProviderOptions options, ProviderEnvironment environment)
        : base(
            options,
            environment,
            AllServices,
            ProviderAddress.Of(options, DefaultAddress, ProviderAddress.Versioned),
            IsOwnServer(options) ? new Dictionary<ProviderService, string>() : Usual,
            isOpen: IsOwnServer(options),
            OpenAIWire.Describe(options),
            new OpenAIErrors()
        )
    {
        _namesVoice =
            !options.Settings.TryGetValue(OpenAIProviderFactory.NamesVoice, out string? names) || bool.Parse(names);
        _chat = new OpenAIChatSettings(
            new ModelRulesTable(options),
            options.Settings.TryGetValue(OpenAIProviderFactory.MaxTokensField, out string? field)
                ? field
                : "max_completion_tokens",
            options.Settings.TryGetValue(OpenAIProviderFactory.SendUnknown, out string? send) && bool.Parse(send),
            new DroppedOptions(environment.Logging.CreateLogger($"GroqKit.Providers.{Name}"))
        );
    }

    public override IChatClient CreateChatClient(string? model = null, ProviderConnection? connection = null)
    {
        ProviderCall site = Site(ProviderService.Llm, model, connection);
        return new OpenAIChatClient(HttpOf(site), site, Wire.AddressOf(site.Connection, WireOperation.Chat)!, _chat);
    }

    [Experimental("MEAI001")]
    public override ISpeechToTextClient CreateSpeechToTextClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderCall site = Site(ProviderService.SpeechToText, model, connection);
        return new OpenAISpeechToTextClient(
            HttpOf(site),
            site,
            Wire.AddressOf(site.Connection, WireOperation.Transcription)!,
            Wire.AddressOf(site.Connection, WireOperation.Translation)!
        );
    }

    [Experimental("MEAI001")]
    public override ITextToSpeechClient CreateTextToSpeechClient(
        string? model = null,
        ProviderConnection? connection = null
    )
    {
        ProviderCall site = Site(ProviderService.TextToSpeech, model, connection);
        return new OpenAITextToSpeechClient(
            HttpOf(site),
            site,
            Wire.AddressOf(site.Connection, WireOperation.Speech)!,
            Voices,
            _namesVoice
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
        // A call of a model costs money and needs a model's name, which an own server may not have told.
        return model is null
            ? ValidateCredentialsAsync(connection, cancellationToken)
            : CheckAsync(connection, to => SmallCalls.MakeAsync(this, service, model, to, cancellationToken));
    }

    private static bool IsOwnServer(ProviderOptions options) =>
        options.BaseUrl is not null || options.BaseUrls.Count > 0;

    protected override async Task<IReadOnlyList<ProviderModel>> ReadModelsAsync(
        HttpResponseMessage answer,
        CancellationToken cancellationToken
    )
    {
        Stream body = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            ModelListAnswer? list = await JsonSerializer
                .DeserializeAsync(body, OpenAIJson.Default.ModelListAnswer, cancellationToken)
                .ConfigureAwait(false);
            return [.. (list?.Data ?? []).Select(entry => Describe(entry.Id)).OfType<ProviderModel>()];
        }
    }

    private ProviderModel? Describe(string? id)
    {
        if (string.IsNullOrEmpty(id))
            return null;
        CatalogModel? known = Catalog.Find(id);
        ModelKind kind = known?.Kind ?? GuessKind(id);
        return ProviderCatalog.ServiceOf(kind) is { } service && Services.Contains(service)
            ? new ProviderModel(Name, service, known ?? new CatalogModel { Id = id, Kind = kind })
            {
                IsCatalogued = known is not null,
            }
            : null;
    }

    // The list tells nothing but names.
    private static ModelKind GuessKind(string id)
    {
        bool Has(string word) => id.Contains(word, StringComparison.OrdinalIgnoreCase);
        if (Has("embed") || Has("image") || Has("dall-e") || Has("moderation") || Has("realtime") || Has("rerank"))
            return ModelKind.Unknown;
        if (Has("whisper") || Has("transcribe"))
            return ModelKind.Transcription;
        return Has("tts") || Has("orpheus") || Has("kokoro") ? ModelKind.Speech : ModelKind.Chat;
    }
}
