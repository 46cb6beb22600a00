using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>The price list, with what Groq itself lists now. What the operator says stays in force. Thread-safe.</summary>
/// <param name="list">The list to begin with.</param>
internal sealed class RefreshedPrices(PriceList list) : IPriceBook
{
    private volatile CatalogPrices _prices = new(list);

    /// <summary>Groq's models as they were to begin with.</summary>
    public ModelCatalog Initial => list.Catalog[GroqKit.Providers.ProviderKind.Groq];

    public CatalogModel? Find(string provider, ProviderKind? kind, string model) => _prices.Find(provider, kind, model);

    public long? LongestAnswer(string provider, ProviderKind? kind, string model) =>
        _prices.LongestAnswer(provider, kind, model);

    public decimal? CostOf(string provider, ProviderKind? kind, string model, in BilledUsage usage, DateOnly date) =>
        _prices.CostOf(provider, kind, model, in usage, date);

    /// <summary>Takes another catalogue for Groq's models from now on.</summary>
    public void Take(ModelCatalog groq) =>
        _prices = new CatalogPrices(
            list with
            {
                Catalog = list.Catalog.With(GroqKit.Providers.ProviderKind.Groq, groq),
            }
        );
}
