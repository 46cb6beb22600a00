using System.Collections.Frozen;
using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Providers.Catalog;
using GroqKit.Providers.Pricing;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>What is charged for each model: by kind of provider, and for providers that the operator prices by name. Immutable.</summary>
/// <param name="Catalog">Models and prices of each kind.</param>
/// <param name="Pricing">What each kind charges beyond the price list: tiers, its own tools.</param>
/// <param name="Own">Models of single providers, by the provider's name.</param>
internal sealed record PriceList(
    ProviderCatalog Catalog,
    ProviderPricing Pricing,
    FrozenDictionary<string, ModelCatalog> Own
)
{
    /// <summary>What comes with the gateway.</summary>
    public static PriceList BuiltIn { get; } =
        new(ProviderCatalog.Default, new ProviderPricing(), FrozenDictionary<string, ModelCatalog>.Empty);

    public static GroqKit.Providers.ProviderKind KindOf(ProviderKind kind) =>
        kind switch
        {
            ProviderKind.Groq => GroqKit.Providers.ProviderKind.Groq,
            ProviderKind.OpenAi => GroqKit.Providers.ProviderKind.OpenAI,
            _ => GroqKit.Providers.ProviderKind.ElevenLabs,
        };

    /// <returns>Null for a model that nothing is known of.</returns>
    public CatalogModel? Find(string provider, ProviderKind? kind, string model)
    {
        if (Own.TryGetValue(provider, out ModelCatalog? own) && own.Find(model) is { } known)
            return known;
        return kind is { } of ? Catalog[KindOf(of)].Find(model) : null;
    }
}
