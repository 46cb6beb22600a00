using System.Collections.Immutable;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Providers.Choosing;
using GroqKit.Providers.Naming;
using ModelChoice = GroqKit.Gateway.Services.Agents.ModelChoice;

namespace GroqKit.Gateway.Services.Routing;

/// <summary>
/// A name that callers say in place of a model: for one model, for an agent, or for several models among which each request finds the one
/// that fits. Names compare without regard to the case of letters. Immutable.
/// </summary>
internal sealed record ModelAlias : IRecord
{
    /// <summary>The provider's name that stands for agents.</summary>
    public const string AgentWord = "agent";

    /// <summary>The most models that one name stands for.</summary>
    public const int MaxModels = 8;

    public required string Tenant { get; init; }

    /// <summary>In small letters.</summary>
    public required string Name { get; init; }

    /// <summary>At least one, the preferred first; an agent stands alone.</summary>
    public required ImmutableArray<ModelChoice> Models { get; init; }

    /// <summary>The most that one call should cost, in US dollars; null for no bound. Only where there is a choice.</summary>
    public decimal? Budget { get; init; }

    /// <summary>How long a whole answer should take; null for no bound. Only where there is a choice.</summary>
    public TimeSpan? LatencyTarget { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public long Version { get; init; } = 1;

    string IRecord.Key => Name;

    /// <summary>What a choice among the models has to keep to.</summary>
    public ChoiceGoals Goals => new() { Budget = Budget, LatencyTarget = LatencyTarget };

    public bool IsNamed(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The aliases that a table of names makes, for all tenants.</summary>
    public static IEnumerable<ModelAlias> Of(ModelNames names) =>
        names.Names.Select(name =>
        {
            GroqKit.Providers.Naming.ModelName meaning = names.Find(name)!;
            return Of(name, [new ModelChoice(meaning.Provider, meaning.Model)]);
        });

    /// <summary>An alias that the operator's file or the gateway itself sets, for all tenants.</summary>
    public static ModelAlias Of(string name, ImmutableArray<ModelChoice> models) =>
        new()
        {
            Tenant = Keys.Tenants.Home,
            Name = name.ToLowerInvariant(),
            Models = models,
        };
}
