using GroqKit.Simulator.Faults;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Models;
using GroqKit.Simulator.OpenAi.Audio;
using GroqKit.Simulator.OpenAi.Chat;
using GroqKit.Simulator.OpenAi.Models;
using GroqKit.Simulator.OpenAi.Responses;
using GroqKit.Simulator.Pacing;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.OpenAi;

/// <summary>The paths of the simulated OpenAI API.</summary>
internal static class OpenAiRoutes
{
    public const string Root = "/sim/openai";

    /// <summary>As OpenAI's own clients build addresses, and as Groq's do when they are pointed here.</summary>
    public static string[] Prefixes { get; } = [$"{Root}/v1", $"{Root}/openai/v1"];

    public static IReadOnlyList<ApiRoute> Create(SimulatorOptions options, ModelFaults faults, Speed speed)
    {
        var limiter = new RateLimiter(options.RateLimits, options.CustomLimits, options.TimeProvider, perMinute: true);
        var models = new OpenAiModelsEndpoint();
        return
        [
            new("POST", "/chat/completions", new OpenAiChatEndpoint(faults, limiter, speed)),
            new("POST", "/responses", new OpenAiResponsesEndpoint(faults, limiter, speed)),
            new("POST", "/completions", new OpenAiCompletionsEndpoint(faults, limiter)),
            new("POST", "/embeddings", new OpenAiEmbeddingsEndpoint(faults, limiter)),
            new("POST", "/audio/speech", new OpenAiSpeechEndpoint(faults, limiter)),
            new("POST", "/audio/transcriptions", new OpenAiTranscriptionEndpoint(faults, limiter, translates: false)),
            new("POST", "/audio/translations", new OpenAiTranscriptionEndpoint(faults, limiter, translates: true)),
            new("GET", "/models", models),
            new("GET", $"/models/{{**{ModelEndpoint.IdKey}}}", models),
        ];
    }
}
