using System.Globalization;
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
/// request (code, a strict schema, at least <see cref="LongInput"/> tokens of input, or tools together with a schema) goes to the strongest,
/// for which the price of output stands; any other goes to the cheapest. The last word has the order of the candidates.
/// </remarks>
public sealed class ModelChooser
{
    /// <summary>Tokens of input from which a request counts as long: 8,000.</summary>
    public const int LongInput = 8_000;

    // Where the caller sets no bound: what an answer usually takes, for cost and time alike.
    private const int UsualOutput = 500;

    // Until a model was called: the time before its first token.
    private static readonly TimeSpan UsualFirstToken = TimeSpan.FromMilliseconds(500);

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
        goals ??= new ChoiceGoals();
        if (goals.Budget <= 0)
            throw new ArgumentOutOfRangeException(nameof(goals), goals.Budget, "Budget must be more than zero.");
        if (goals.LatencyTarget <= TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(
                nameof(goals),
                goals.LatencyTarget,
                "LatencyTarget must be more than zero."
            );
        }
        string? demand = DemandOf(traits);
        var passedOver = new List<PassedOverModel>();
        var ranked = new List<Candidate>();
        for (int index = 0; index < _candidates.Length; index++)
        {
            FallbackTarget target = _candidates[index];
            ProviderModel? model = target.Provider.FindModel(ProviderService.Llm, target.Model);
            if (ModelNeeds.FindLack(model, traits, date) is { } lack)
            {
                passedOver.Add(new(target, lack));
                continue;
            }
            Candidate candidate = Assess(target, model, traits, date, index);
            string? unfit = ModelNeeds.FindUnknown(model, traits) ?? FindExcess(candidate, goals);
            if (unfit is not null)
                passedOver.Add(new(target, unfit));
            ranked.Add(candidate with { IsUnfit = unfit is not null });
        }
        FallbackTarget[] ranking = [.. Order(ranked, demand is not null).Select(candidate => candidate.Target)];
        return new ModelChoice(ranking, Explain(ranking, demand, traits, passedOver), passedOver);
    }

    private Candidate Assess(
        FallbackTarget target,
        ProviderModel? model,
        RequestTraits traits,
        DateOnly date,
        int place
    )
    {
        int output = Math.Min(traits.MaxOutputTokens ?? UsualOutput, UsualOutput);
        var amounts = new ModelUsage { InputTokens = traits.InputTokens, OutputTokens = output };
        decimal? cost = _pricing.CostOf(
            target.Provider,
            ProviderService.Llm,
            target.Model,
            new ProviderUsage(amounts),
            date
        );
        LatencySummary? seen = _latency(target);
        double? perSecond = seen?.TokensPerSecond?.P50 ?? model?.Facts.TokensPerSecond;
        TimeSpan first = seen?.FirstTokenMilliseconds is { } known
            ? TimeSpan.FromMilliseconds(known.P50)
            : UsualFirstToken;
        return new Candidate(
            target,
            cost,
            model?.Facts.PriceAt(date)?.Output,
            perSecond > 0 ? first + TimeSpan.FromSeconds(output / perSecond.Value) : null,
            place
        );
    }

    private static string? FindExcess(Candidate candidate, ChoiceGoals goals)
    {
        if (goals.Budget is { } budget && !(candidate.Cost <= budget))
            return candidate.Cost is null ? "price not known" : "beyond the budget";
        if (goals.LatencyTarget is { } target && !(candidate.Time <= target))
            return candidate.Time is null ? "speed not known" : "beyond the latency target";
        return null;
    }

    private static IEnumerable<Candidate> Order(List<Candidate> candidates, bool isDemanding)
    {
        IOrderedEnumerable<Candidate> fit = candidates.OrderBy(candidate => candidate.IsUnfit);
        return (
            isDemanding
                ? fit.ThenByDescending(candidate => candidate.OutputPrice ?? -1)
                : fit.ThenBy(candidate => candidate.Cost ?? decimal.MaxValue)
        ).ThenBy(candidate => candidate.Place);
    }

    /// <summary>Why a request is demanding; null when it is not.</summary>
    private static string? DemandOf(RequestTraits traits)
    {
        string[] signs =
        [
            .. new[]
            {
                traits.HasCode ? "code" : null,
                traits.NeedsStrictSchema ? "strict schema" : null,
                traits.InputTokens >= LongInput ? "long input" : null,
                traits is { NeedsTools: true, NeedsSchema: true } ? "tools with a schema" : null,
            }.OfType<string>(),
        ];
        return signs.Length == 0 ? null : string.Join(", ", signs);
    }

    private static string Explain(
        FallbackTarget[] ranking,
        string? demand,
        RequestTraits traits,
        List<PassedOverModel> passedOver
    )
    {
        string needs = ModelNeeds.Describe(traits);
        if (ranking.Length == 0)
            return $"no candidate fits ({needs})";
        string rule = demand is null ? "plain, so the cheapest" : $"demanding ({demand}), so the strongest";
        string others =
            passedOver.Count == 0
                ? ""
                : $"; passed over: {string.Join(", ", passedOver.Select(one => $"{one.Target} ({one.Reason})"))}";
        return string.Create(CultureInfo.InvariantCulture, $"{ranking[0]}: {rule} that fits ({needs}){others}");
    }

    private sealed record Candidate(
        FallbackTarget Target,
        decimal? Cost,
        decimal? OutputPrice,
        TimeSpan? Time,
        int Place
    )
    {
        public bool IsUnfit { get; init; }
    }
}
