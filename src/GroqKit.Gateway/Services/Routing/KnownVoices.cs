using GroqKit.Gateway.Services.Pricing;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Providers.Catalog;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>Which voices models have, as far as it is known.</summary>
internal static class KnownVoices
{
    /// <summary>The voice that a model speaks with where nobody names one; null where its voices are not known.</summary>
    public static string? Usual(ProviderKind kind, string model) =>
        ProviderCatalog.Default[PriceList.KindOf(kind)].Find(model) is { Voices: [{ } first, ..] } ? first : null;

    /// <summary>Whether a model is known to have other voices and not this one.</summary>
    public static bool Lacks(ProviderKind kind, string model, string voice) =>
        ProviderCatalog.Default[PriceList.KindOf(kind)].Find(model) is { Voices: { Count: > 0 } voices }
        && !voices.Contains(voice, StringComparer.OrdinalIgnoreCase);
}
