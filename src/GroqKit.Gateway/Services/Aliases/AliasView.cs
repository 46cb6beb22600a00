using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Routing;

namespace GroqKit.Gateway.Services.Aliases;

/// <summary>A name in place of models, as the admin API shows it.</summary>
/// <param name="Name">What callers say, in small letters; they may write it as they like.</param>
/// <param name="Models">What is meant, the preferred first; provider <c>agent</c> stands for an agent.</param>
/// <param name="Budget">The most that one call should cost, in US dollars; null for no bound.</param>
/// <param name="LatencyTargetMs">How long a whole answer should take; null for no bound.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
/// <param name="Version">The number in its ETag.</param>
internal sealed record AliasView(
    string Name,
    IReadOnlyList<ModelChoice> Models,
    decimal? Budget,
    long? LatencyTargetMs,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    long Version
)
{
    public static AliasView Of(ModelAlias alias) =>
        new(
            alias.Name,
            alias.Models,
            alias.Budget,
            (long?)alias.LatencyTarget?.TotalMilliseconds,
            alias.CreatedAt,
            alias.UpdatedAt,
            alias.Version
        );
}
