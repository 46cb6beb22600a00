using GroqKit.Catalog;
using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>What providers charge. Asked on the hot path: answers from memory and never throws.</summary>
internal interface IPriceBook
{
    /// <param name="provider">The provider's name; its own prices, where the operator gave any, go before those of its kind.</param>
    /// <param name="kind">Its kind; null where that isn't known.</param>
    /// <param name="model">The model, as the provider calls it.</param>
    /// <param name="usage">What was used.</param>
    /// <param name="date">The day of the call, in UTC.</param>
    /// <returns>US dollars, not rounded; null when a price that is needed isn't known.</returns>
    decimal? CostOf(string provider, ProviderKind? kind, string model, in BilledUsage usage, DateOnly date);

    /// <returns>What is known of a model; null when nothing is.</returns>
    CatalogModel? Find(string provider, ProviderKind? kind, string model);

    /// <returns>The most tokens that one answer of a model has; null when that isn't known.</returns>
    long? LongestAnswer(string provider, ProviderKind? kind, string model);
}
