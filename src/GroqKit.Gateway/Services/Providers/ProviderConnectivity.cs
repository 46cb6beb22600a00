using GroqKit.Gateway.Services.Routing;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>
/// Whether this node reaches a provider, by asking it. However many want to know, a provider is asked at most once in a quarter of a minute.
/// </summary>
internal sealed class ProviderConnectivity(HybridCache cache, IProviderProbe probe)
{
    // What another node reaches says nothing of this one.
    private static readonly HybridCacheEntryOptions Briefly = new()
    {
        Expiration = TimeSpan.FromSeconds(15),
        Flags = HybridCacheEntryFlags.DisableDistributedCache,
    };

    public ValueTask<ProviderCheck> CheckAsync(Provider provider, CancellationToken cancellationToken) =>
        cache.GetOrCreateAsync(
            $"connectivity:{provider.Name}:{provider.BaseAddress}",
            (probe, provider),
            static async (ask, end) => await ask.probe.CheckAsync(ask.provider, end),
            Briefly,
            cancellationToken: cancellationToken
        );
}
