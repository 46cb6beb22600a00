using GroqKit.Gateway.Services.Providers;

namespace GroqKit.Gateway.Services.Pricing;

/// <summary>Whose prices to look up.</summary>
/// <param name="Provider">The provider's name.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Model">The model, as the provider calls it.</param>
internal sealed record PricedModel(string Provider, ProviderKind Kind, string Model);
