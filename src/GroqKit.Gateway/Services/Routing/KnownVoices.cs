using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Providers.Catalog;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Which voices models have, as far as it is known.</summary>
internal static class KnownVoices
{
    /// <summary>Whether a model is known to have other voices and not this one.</summary>
    public static bool Lacks(ProviderKind kind, string model, string voice) =>
        ProviderCatalog.Default[PriceList.KindOf(kind)].Find(model) is { Voices: { Count: > 0 } voices }
        && !voices.Contains(voice, StringComparer.OrdinalIgnoreCase);
}
