using System.Text;
using GroqKit.Gateway.Api.OpenAi.Json;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Translation;

namespace GroqKit.Gateway.Api.OpenAi.Audio;

/// <summary>
/// The voice that one provider of a chain is asked for. Callers name voices of whom they ask first; who comes next has others, and a different voice is
/// better than none.
/// </summary>
/// <param name="Json">The voice as JSON; null: the provider's usual one.</param>
/// <param name="IsOther">Whether it is another than the caller named.</param>
internal readonly record struct ChainVoice(string? Json, bool IsOther)
{
    /// <param name="call">What was asked, and of whom first.</param>
    /// <param name="route">Who is asked now.</param>
    public static ChainVoice Of(JsonCall call, ModelRoute route)
    {
        string? own = route.Defaults?.Find(AgentDefaults.VoiceName);
        if (call.Request.Find(AgentDefaults.VoiceName) is not { } asked)
            return new ChainVoice(own, IsOther: false);
        ModelRoute first = call.Route;
        bool isFirst = route.Provider.Name == first.Provider.Name && route.Model == first.Model;
        if (!isFirst && (HasOwn(route, first) || IsUnknown(call.Request, route)))
            return new ChainVoice(own, IsOther: true);
        return new ChainVoice(Encoding.UTF8.GetString(asked.Value.Span), IsOther: false);
    }

    private static bool HasOwn(ModelRoute route, ModelRoute first) =>
        route.HasOwnVoice && route.Provider.Kind != first.Provider.Kind;

    private static bool IsUnknown(JsonRequest request, ModelRoute route) =>
        SpeakingRequest.VoiceOf(request) is { } name && KnownVoices.Lacks(route.Provider.Kind, route.Model, name);
}
