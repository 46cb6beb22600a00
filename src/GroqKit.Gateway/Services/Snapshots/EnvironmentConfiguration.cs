using System.Collections.Frozen;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>What the environment and the operator's file set besides the stored configuration. Thread-safe.</summary>
/// <param name="providers">Serve all tenants, the first of them plain model names; a stored provider of the same name goes before.</param>
/// <param name="AdminKey">The operator's own key.</param>
internal sealed class EnvironmentConfiguration(IReadOnlyList<Provider> providers, CallerKey? AdminKey)
{
    private volatile IReadOnlyList<Provider> _providers = providers;
    private volatile IReadOnlyList<ModelAlias> _aliases = [];

    public IReadOnlyList<Provider> Providers => _providers;

    /// <summary>Names for all tenants; stored ones go before them, and of these the last of a name counts.</summary>
    public IReadOnlyList<ModelAlias> Aliases
    {
        get => _aliases;
        init => _aliases = value;
    }

    public CallerKey? AdminKey { get; } = AdminKey;

    /// <summary>What happens to personal data where an agent doesn't say; one of <see cref="PrivacyModes.OfGateway"/>.</summary>
    public string Privacy { get; init; } = PrivacyModes.Off;

    /// <summary>Who serves plain model names where no stored provider is named after Groq.</summary>
    public Provider Default => _providers[0];

    /// <summary>Takes other providers and names from the next snapshot on.</summary>
    public void Take(IReadOnlyList<Provider> providers, IReadOnlyList<ModelAlias> aliases)
    {
        _providers = providers;
        _aliases = aliases;
    }

    /// <summary>The snapshot for the moment before the stored configuration was read: nobody may call.</summary>
    public GatewaySnapshot Closed() =>
        new(
            version: -1,
            new KeyRing([]),
            FrozenDictionary<string, TenantView>.Empty,
            new TenantView(Default, FrozenDictionary<string, Provider>.Empty, FrozenDictionary<string, Agent>.Empty)
        );
}
