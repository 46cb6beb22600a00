using GroqKit.Providers.Fallback;
using GroqKit.Providers.Pricing;
using GroqKit.Telemetry;
using ModelUsage = GroqKit.Catalog.ModelUsage;

namespace GroqKit.Providers.Choosing;

/// <summary>
/// <c>auto</c>: chooses a model for a request by rules over the catalogue's facts. The same request, day and speeds give the same choice.
/// Immutable; safe for all threads.
/// </summary>
/// <remarks>
/// First what must be: pictures, tools, schemas, room for input and output, not retired. A candidate of which one of these is not known comes after those
/// that are known to fit. Then what should be: the budget and the latency target; candidates beyond them come after those within. Among equals a demanding
/// request (code, a strict schema, at least <see cref="ModelRanking.LongInput"/> tokens of input, or tools together with a schema) goes to the strongest,
/// for which the price of output stands; any other goes to the cheapest. The last word has the order of the candidates.
/// </remarks>
public sealed class ModelChooser
{
    private readonly FallbackTarget[] _candidates;
    private readonly ProviderPricing _pricing;
    private readonly Func<FallbackTarget, LatencySummary?> _latency;

    /// <summary>Chooses among candidates.</summary>
    /// <param name="candidates">The models that may be chosen, the preferred first; at least one.</param>
    /// <param name="pricing">What calls cost. Null: the package's price list.</param>
    /// <param name="latency">How quick a candidate was lately; null, or null for a candidate: what the catalogue says.</param>
    /// <exception cref="ArgumentException">There is no candidate, or one whose provider has no chat.</exception>
    public ModelChooser(
        IReadOnlyList<FallbackTarget> candidates,
        ProviderPricing? pricing = null,
        Func<FallbackTarget, LatencySummary?>? latency = null
    )
    {
        ArgumentNullException.ThrowIfNull(candidates);
        if (candidates.Count == 0)
            throw new ArgumentException("There is no candidate.", nameof(candidates));
        if (candidates.FirstOrDefault(one => !one.Provider.Services.Contains(ProviderService.Llm)) is { } mute)
            throw new ArgumentException($"{mute.Provider.Name} does not have the service llm.", nameof(candidates));
        _candidates = [.. candidates];
        _pricing = pricing ?? new ProviderPricing();
        _latency = latency ?? (static _ => null);
    }

    /// <summary>Chooses.</summary>
    /// <param name="traits">What the request needs.</param>
    /// <param name="date">The day, in UTC, for prices and shutdowns.</param>
    /// <param name="goals">Bounds. Null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not more than zero.</exception>
    public ModelChoice Choose(RequestTraits traits, DateOnly date, ChoiceGoals? goals = null)
    {
        ArgumentNullException.ThrowIfNull(traits);
        ModelCandidate[] candidates =
        [
            .. _candidates.Select(target => new ModelCandidate(
                target.ToString(),
                target.Provider.FindModel(ProviderService.Llm, target.Model),
                amounts => CostOf(target, amounts, date),
                _latency(target)
            )),
        ];
        ModelRanking ranking = ModelRanking.Of(candidates, traits, date, goals);
        return new ModelChoice(
            [.. ranking.Order.Select(place => _candidates[place])],
            ranking.Reason,
            [.. ranking.PassedOver.Select(passed => new PassedOverModel(_candidates[passed.Key], passed.Value))]
        );
    }

    private decimal? CostOf(FallbackTarget target, ModelUsage amounts, DateOnly date) =>
        _pricing.CostOf(target.Provider, ProviderService.Llm, target.Model, new ProviderUsage(amounts), date);
}
