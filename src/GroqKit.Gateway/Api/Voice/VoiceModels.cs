using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Which agent, or models, serve the stages of a turn, by the names that callers write.</summary>
/// <param name="Hearing">For speech to text; null when there is none.</param>
/// <param name="Answering">For the language model.</param>
/// <param name="Speaking">For text to speech; null when there is none.</param>
internal sealed record VoiceModels(string? Hearing, string Answering, string? Speaking)
{
    private const string DefaultHearing = "whisper-large-v3-turbo";
    private const string DefaultSpeaking = "canopylabs/orpheus-v1-english";

    /// <summary>The agent's name; null when models were named.</summary>
    public string? Agent { get; private init; }

    /// <summary>The agent; null when models were named.</summary>
    public Agent? Served { get; private init; }

    public IEnumerable<string> All => new[] { Hearing, Answering, Speaking }.OfType<string>();

    /// <exception cref="GatewayException">There is no such agent, or it has no language model.</exception>
    public static VoiceModels OfAgent(Router router, CallerKey caller, string name)
    {
        Agent? agent = router.ResolveAgent(name, "agent", caller).Agent;
        string model = Router.AgentPrefix + name;
        return new VoiceModels(agent?.Stt is null ? null : model, model, agent?.Tts is null ? null : model)
        {
            Agent = name,
            Served = agent,
        };
    }

    /// <summary>For callers that name a model alone.</summary>
    public static VoiceModels OfModel(Router router, CallerKey caller, string model) =>
        model.StartsWith(Router.AgentPrefix, StringComparison.Ordinal)
            ? OfAgent(router, caller, model[Router.AgentPrefix.Length..])
            : new VoiceModels(DefaultHearing, model, DefaultSpeaking);
}
