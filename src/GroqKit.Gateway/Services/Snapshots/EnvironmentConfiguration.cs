using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>What the environment sets besides the stored configuration.</summary>
/// <param name="Providers">Serve all tenants; a stored provider of the same name goes before them.</param>
/// <param name="AdminKey">The operator's own key.</param>
internal sealed record EnvironmentConfiguration(IReadOnlyList<Provider> Providers, CallerKey? AdminKey)
{
    /// <summary>A snapshot for the moment before the stored configuration was read: nobody may call.</summary>
    public GatewaySnapshot Closed =>
        new(
            version: -1,
            new KeyRing([]),
            System.Collections.Frozen.FrozenDictionary<string, TenantView>.Empty,
            new TenantView(
                System.Collections.Frozen.FrozenDictionary<string, Provider>.Empty,
                System.Collections.Frozen.FrozenDictionary<string, Agents.Agent>.Empty
            )
        );
}
