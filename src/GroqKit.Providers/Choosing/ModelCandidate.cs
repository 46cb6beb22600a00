using GroqKit.Catalog;
using GroqKit.Telemetry;
using ModelUsage = GroqKit.Catalog.ModelUsage;

namespace GroqKit.Providers.Choosing;

/// <summary>A model that may be chosen, and what is known of it.</summary>
/// <param name="Name">What reasons call it, in ASCII, for example <c>groq/openai/gpt-oss-120b</c>.</param>
/// <param name="Model">Its facts; null for one that nothing is known of.</param>
/// <param name="CostOf">What amounts cost with it, in US dollars; null for a price that is not known.</param>
/// <param name="Latency">How quick it was lately; null: what the catalogue says.</param>
public sealed record ModelCandidate(
    string Name,
    ProviderModel? Model,
    Func<ModelUsage, decimal?> CostOf,
    LatencySummary? Latency = null
)
{
    /// <summary>The first capability that a request needs and the model is known to lack; null when it is known to lack none.</summary>
    /// <param name="traits">What the request needs.</param>
    public ModelCapability? FindLack(RequestTraits traits)
    {
        ArgumentNullException.ThrowIfNull(traits);
        return ModelNeeds.FindLack(Model, traits);
    }
}
