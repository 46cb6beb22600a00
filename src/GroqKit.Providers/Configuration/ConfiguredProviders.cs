using GroqKit.Providers.Pricing;

namespace GroqKit.Providers.Configuration;

/// <summary>What a configuration became.</summary>
/// <param name="Providers">The providers; disposing of them is up to the caller.</param>
/// <param name="Pricing">What calls cost.</param>
public sealed record ConfiguredProviders(ProviderSet Providers, ProviderPricing Pricing);
