using System.Collections.Frozen;
using GroqKit.Gateway.Services.Keys;

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

    public TenantView this[string tenant] => tenants.GetValueOrDefault(tenant, other);
}
