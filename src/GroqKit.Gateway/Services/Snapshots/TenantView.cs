using System.Collections.Concurrent;
using System.Collections.Frozen;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>What one tenant's calls can use. Thread-safe.</summary>
/// <param name="Default">Who serves plain model names.</param>
/// <param name="Providers">By name: its own, those of the home tenant that it has no own of the same name for, and Groq.</param>
/// <param name="Agents">By name.</param>
internal sealed record TenantView(
    Provider Default,
    FrozenDictionary<string, Provider> Providers,
    FrozenDictionary<string, Agent> Agents
)
{
    /// <summary>What happens to personal data where an agent doesn't say; one of <see cref="PrivacyModes.OfGateway"/>.</summary>
    public string Privacy { get; init; } = PrivacyModes.Off;

    /// <summary>Those that go by their own name, and not by another's in whose place they stand.</summary>
    public IEnumerable<Provider> Own =>
        Providers.Where(entry => entry.Key == entry.Value.Name).Select(entry => entry.Value);

    /// <summary>What stands for models, by name in any case of letters.</summary>
    public FrozenDictionary<string, ModelAlias> Aliases { get; init; } = FrozenDictionary<string, ModelAlias>.Empty;

    /// <summary>One of a tenant's own aliases that stands for something; null when none does.</summary>
    public ModelAlias? AliasOf(string tenant, Predicate<ModelChoice> meaning) =>
        Aliases.Values.FirstOrDefault(alias => alias.Tenant == tenant && alias.Models.Any(choice => meaning(choice)));

    private readonly ConcurrentDictionary<string, ModelRoute>[] _routes =
    [
        .. Enum.GetValues<ServiceKind>()
            .Select(_ => new ConcurrentDictionary<string, ModelRoute>(StringComparer.Ordinal)),
    ];

    /// <summary>Model names that were resolved for a service since the snapshot was made.</summary>
    public ConcurrentDictionary<string, ModelRoute> RoutesOf(ServiceKind service) => _routes[(int)service];
}
