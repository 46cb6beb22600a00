using System.Text;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Api.Voice;

/// <summary>Who serves a realtime session.</summary>
internal static class SessionModels
{
    /// <param name="router">Knows agents and models.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="model">The name of an agent or model, as callers write it.</param>
    /// <param name="param">Where it was written.</param>
    /// <exception cref="GatewayException">There is none, or it can't both hear and speak.</exception>
    public static VoiceModels Find(Router router, CallerKey caller, string model, string param)
    {
        VoiceModels models = VoiceModels.OfModel(router, caller, model);
        if (models.Hearing is null || models.Speaking is null)
            throw RequestErrors.WrongValue(param, $"names '{model}', which can't both hear and speak");
        router.Resolve(Encoding.UTF8.GetBytes(models.Answering), param, caller);
        return models;
    }
}
