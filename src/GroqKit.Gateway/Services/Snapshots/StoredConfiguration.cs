using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Keys;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Everything that the gateway decides by, as it was at one moment.</summary>
internal sealed record StoredConfiguration(
    long Version,
    IReadOnlyList<CallerKey> Keys,
    IReadOnlyList<ProviderConfiguration> Providers,
    IReadOnlyList<Agent> Agents
)
{
    /// <summary>Providers that don't get all their calls.</summary>
    public IReadOnlyList<ProviderShare> Shares { get; init; } = [];

    /// <summary>Names that stand for models.</summary>
    public IReadOnlyList<ModelAlias> Aliases { get; init; } = [];
}
