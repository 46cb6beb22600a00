using System.Collections.Frozen;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>All that calls are decided by, in memory and never changed: a change is another snapshot.</summary>
/// <param name="version">Of the stored configuration.</param>
/// <param name="keys">Who may call.</param>
/// <param name="tenants">By name: what they can use.</param>
/// <param name="other">For a tenant that has nothing of its own.</param>
internal sealed class GatewaySnapshot(
    long version,
    KeyRing keys,
    FrozenDictionary<string, TenantView> tenants,
    TenantView other
)
{
    public long Version => version;

    public KeyRing Keys => keys;

    /// <summary>The tenants that have anything: keys, agents or providers of their own.</summary>
    public IReadOnlyList<string> TenantNames =>
        [.. tenants.Keys.Concat(keys.Tenants).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    /// <summary>Every provider once, with the tenant that has it.</summary>
    public IEnumerable<(string Tenant, Provider Provider)> Providers
    {
        get
        {
            Provider[] shared = [.. this[Tenants.Home].Own];
            return tenants
                .Where(entry => entry.Key != Tenants.Home)
                .SelectMany(entry =>
                    entry
                        .Value.Own.Where(provider => !Array.Exists(shared, other => other.IsSameAs(provider)))
                        .Select(provider => (entry.Key, provider))
                )
                .Concat(shared.Select(provider => (Tenants.Home, provider)));
        }
    }

    public TenantView this[string tenant] => tenants.GetValueOrDefault(tenant, other);
}
