using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>Tries a provider out.</summary>
internal interface IProviderProbe
{
    /// <summary>Asks for the list of models: the cheapest call that needs the key. Never throws for what the provider does.</summary>
    Task<ProviderCheck> CheckAsync(Provider provider, CancellationToken cancellationToken);
}
