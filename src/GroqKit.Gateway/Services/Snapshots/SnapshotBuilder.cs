using System.Collections.Frozen;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Secrets;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Turns the stored configuration, and what the environment adds to it, into a snapshot.</summary>
/// <param name="environment">What the environment sets.</param>
/// <param name="secrets">Reads the providers' keys.</param>
internal sealed class SnapshotBuilder(EnvironmentConfiguration environment, ISecretProtector secrets)
{
    /// <param name="stored">What the database holds.</param>
    /// <param name="unreadable">
    /// Told of every provider whose key can't be read, which is then left out: a provider less is no reason to keep revoked keys alive.
    /// </param>
    public GatewaySnapshot Build(StoredConfiguration stored, Action<SecretException> unreadable)
    {
        ILookup<string, ProviderConfiguration> providers = stored.Providers.ToLookup(provider => provider.Tenant);
        ILookup<string, Agent> agents = stored.Agents.ToLookup(agent => agent.Tenant);
        Dictionary<string, Provider> shared = environment.Providers.ToDictionary(provider => provider.Name);
        foreach (Provider provider in Open(providers[Tenants.Home], unreadable))
            shared[provider.Name] = provider;
        // Whoever stands in for Groq answers to its name, so that an agent can be set up before there is a key.
        shared.TryAdd(Router.GroqName, environment.Default);
        ILookup<string, ProviderShare> shares = stored.Shares.ToLookup(share => share.Tenant);
        foreach (ProviderShare share in shares[Tenants.Home])
            Reduce(shared, share);
        ILookup<string, ModelAlias> aliases = stored.Aliases.ToLookup(alias => alias.Tenant);
        ModelAlias[] common = [.. environment.Aliases, .. aliases[Tenants.Home]];
        TenantView other = View(shared, [], [], [], common);
        IEnumerable<string> names = stored
            .Providers.Select(provider => provider.Tenant)
            .Concat(stored.Agents.Select(agent => agent.Tenant))
            .Concat(stored.Shares.Select(share => share.Tenant))
            .Concat(stored.Aliases.Select(alias => alias.Tenant))
            .Distinct();
        return new GatewaySnapshot(
            stored.Version,
            new KeyRing(environment.AdminKey is { } admin ? stored.Keys.Append(admin) : stored.Keys),
            names.ToFrozenDictionary(
                name => name,
                name =>
                    View(
                        shared,
                        name == Tenants.Home ? [] : Open(providers[name], unreadable),
                        name == Tenants.Home ? [] : shares[name],
                        agents[name],
                        name == Tenants.Home ? common : [.. common, .. aliases[name]]
                    )
            ),
            other
        );
    }

    /// <summary>Where a provider's key belongs, for its protection.</summary>
    public static string PlaceOf(string tenant, string provider) => $"{tenant}/providers/{provider}";

    private static void Reduce(Dictionary<string, Provider> providers, ProviderShare share)
    {
        if (providers.TryGetValue(share.Provider, out Provider? provider))
            providers[share.Provider] = provider with { Share = share.Percent };
    }

    private TenantView View(
        Dictionary<string, Provider> shared,
        IEnumerable<Provider> own,
        IEnumerable<ProviderShare> shares,
        IEnumerable<Agent> agents,
        IEnumerable<ModelAlias> aliases
    )
    {
        var all = new Dictionary<string, Provider>(shared, StringComparer.Ordinal);
        foreach (Provider provider in own)
            all[provider.Name] = provider;
        foreach (ProviderShare share in shares)
            Reduce(all, share);
        return new TenantView(
            all.TryGetValue(Router.GroqName, out Provider? groq) && ProviderKinds.ServesChat(groq.Kind)
                ? groq
                : environment.Default,
            all.ToFrozenDictionary(StringComparer.Ordinal),
            agents.ToFrozenDictionary(agent => agent.Name, StringComparer.Ordinal)
        )
        {
            // The later of two goes before: the tenant's own before the operator's.
            Aliases = aliases
                .GroupBy(alias => alias.Name, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(same => same.Key, same => same.Last(), StringComparer.OrdinalIgnoreCase),
            Privacy = environment.Privacy,
        };
    }

    private IEnumerable<Provider> Open(IEnumerable<ProviderConfiguration> stored, Action<SecretException> unreadable)
    {
        foreach (ProviderConfiguration provider in stored)
        {
            Provider? open = null;
            try
            {
                open = Open(provider);
            }
            catch (SecretException broken)
            {
                unreadable(broken);
            }
            if (open is not null)
                yield return open;
        }
    }

    private Provider Open(ProviderConfiguration provider) =>
        new(
            provider.Name,
            provider.BaseUrl,
            provider.ProtectedKey is { } key
                ? "Bearer " + secrets.Unprotect(PlaceOf(provider.Tenant, provider.Name), key)
                : null,
            Simulated: false
        )
        {
            Kind = provider.Kind,
            Timeout = TimeSpan.FromSeconds(provider.TimeoutSeconds),
            MaxRetries = provider.MaxRetries,
        };
}
