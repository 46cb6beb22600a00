using GroqKit.Catalog;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>The prices of the newest catalogue. Thread-safe.</summary>
internal sealed class RefreshedPrices : IPriceBook
{
    private volatile CatalogPrices _prices = new(ModelCatalog.Default);

    public long? LongestAnswer(string provider, string model) => _prices.LongestAnswer(provider, model);

    public decimal? CostOf(string provider, string model, TokenUsage tokens, SpeechUsage speech, DateOnly date) =>
        _prices.CostOf(provider, model, tokens, speech, date);

    /// <summary>Takes another catalogue from now on.</summary>
    public void Take(ModelCatalog catalog) => _prices = new CatalogPrices(catalog);
}
