using GroqKit.Gateway.Api.OpenAi;
using GroqKit.Gateway.Api.OpenAi.Audio;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Api.Voice.Inner;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using GroqKit.Providers;
using GroqKit.Providers.Configuration;
using GroqKit.Voice;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Who hears, answers and speaks in a turn: the gateway itself, by its own routes.</summary>
internal sealed class VoiceStages(
    CallPipeline pipeline,
    ChatCompletions chat,
    HearingCalls hearing,
    JsonCalls json,
    SpeakingCalls speaking,
    TimeProvider time,
    IServiceProvider services
)
{
    private const string Root = "/v1";

    // Stands for this process; nothing is sent there.
    private const string Address = "http://127.0.0.1" + Root;

    // Speaks the rest of a sentence whose sound broke off.
    private const string Spare = "spare";

    private const int FewestSamples = 10;

    private static readonly string[] Identity = [GatewayHeaders.Conversation, GatewayHeaders.User];

    private readonly Dictionary<string, RequestDelegate> _routes = new(StringComparer.Ordinal)
    {
        [Root + "/chat/completions"] = pipeline.Authenticated(Operation.Chat, Scopes.Chat, chat.HandleAsync),
        [Root + "/audio/transcriptions"] = pipeline.Authenticated(
            Operation.Transcription,
            Scopes.Audio,
            hearing.TranscribeAsync
        ),
        [Root + "/audio/speech"] = pipeline.Authenticated(Operation.Speech, Scopes.Audio, json.Handler(speaking)),
    };

    /// <summary>The same clients with what a caller wants of hearing and speaking; null leaves it to whoever serves.</summary>
    public static VoiceClients With(VoiceClients clients, string? language, string? voice, float? speed = null) =>
        clients with
        {
            HearingOptions = language is null ? null : new SpeechToTextOptions { SpeechLanguage = language },
            SpeakingOptions = new TextToSpeechOptions
            {
                // The only form that all providers have or can be made to have.
                AudioFormat = "wav",
                VoiceId = voice,
                Speed = speed,
                // A turn takes the samples out of each piece before it asks for the next.
                AdditionalProperties = new() { [SpeechProperties.LentSound] = true },
            },
        };

    /// <summary>What goes along with every call of a turn: whose it is, and that an answer is not begun anew that was heard in part.</summary>
    /// <exception cref="GatewayException">A header is wrong.</exception>
    public static IHeaderDictionary IdentityOf(HttpRequest request, string authorization, VoiceModels models)
    {
        var headers = new HeaderDictionary();
        foreach (string name in Identity)
        {
            if (request.Headers.TryGetValue(name, out Microsoft.Extensions.Primitives.StringValues value))
                headers[name] = value;
        }
        headers["Authorization"] = authorization;
        BreakMode wanted = BreakHeader.Read(request, models.Served);
        headers[GatewayHeaders.OnBreak] = BreakModes.All[
            (int)(wanted == BreakMode.Hold ? BreakMode.Hold : BreakMode.Continue)
        ];
        return headers;
    }

    /// <param name="models">Names of agent or models, as callers write them.</param>
    /// <param name="identity">Whose calls they are.</param>
    /// <param name="account">Takes the accounts.</param>
    /// <returns>The clients; dispose of the set when the turn has ended.</returns>
    public (VoiceClients Clients, ProviderSet Set) Create(
        VoiceModels models,
        IHeaderDictionary identity,
        TurnAccount account
    )
    {
        ProviderSet set = ProviderRegistry.Default.Create(
            [OptionsOf("gateway", models), OptionsOf(Spare, models)],
            new ProviderEnvironment
            {
                TimeProvider = time,
                Transport = options => new InnerHandler(
                    _routes.GetValueOrDefault,
                    services,
                    identity,
                    account,
                    avoidsBroken: options.Name == Spare
                ),
            }
        );
        IProvider self = set.All[0];
        var clients = new VoiceClients
        {
            SpeechToText = models.Hearing is { } ear ? self.CreateSpeechToTextClient(ear) : null,
            Chat = self.CreateChatClient(models.Answering),
            TextToSpeech = models.Speaking is { } voice ? new TimedVoice(self.CreateTextToSpeechClient(voice)) : null,
            SpareTextToSpeech = models.Speaking is { } spare
                ? new TimedVoice(set.All[1].CreateTextToSpeechClient(spare))
                : null,
        };
        return (clients, set);
    }

    private static ProviderOptions OptionsOf(string name, VoiceModels models) =>
        new()
        {
            Name = name,
            Kind = "openai",
            BaseUrl = Address,
            MaxRetries = 0,
            // Which voice is there depends on who speaks in the end.
            Settings = { ["names_voice"] = "false" },
            // They are gone with the turn; what the providers themselves do is watched elsewhere.
            TrackLatency = false,
            LatencySamples = FewestSamples,
            Models = [.. models.All.Distinct(StringComparer.OrdinalIgnoreCase)],
        };
}
