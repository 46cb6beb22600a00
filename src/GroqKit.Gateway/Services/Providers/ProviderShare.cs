namespace GroqKit.Gateway.Services.Providers;

/// <summary>How many of the calls meant for a provider it gets.</summary>
/// <param name="Tenant">For whose calls.</param>
/// <param name="Provider">The provider's name.</param>
/// <param name="Percent">0 (switched off) to 100.</param>
internal sealed record ProviderShare(string Tenant, string Provider, int Percent);
