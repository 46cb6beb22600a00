using System.Collections.Frozen;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>What the environment sets besides the stored configuration.</summary>
/// <param name="Providers">Serve all tenants, the first of them plain model names; a stored provider of the same name goes before.</param>
/// <param name="AdminKey">The operator's own key.</param>
internal sealed record EnvironmentConfiguration(IReadOnlyList<Provider> Providers, CallerKey? AdminKey)
{
    /// <summary>Who serves plain model names where no stored provider is named after Groq.</summary>
    public Provider Default => Providers[0];

    /// <summary>The snapshot for the moment before the stored configuration was read: nobody may call.</summary>
    public GatewaySnapshot Closed() =>
        new(
            version: -1,
            new KeyRing([]),
            FrozenDictionary<string, TenantView>.Empty,
            new TenantView(Default, FrozenDictionary<string, Provider>.Empty, FrozenDictionary<string, Agent>.Empty)
        );
}
