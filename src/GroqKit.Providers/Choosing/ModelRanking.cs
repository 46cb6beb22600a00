using ModelUsage = GroqKit.Catalog.ModelUsage;

namespace GroqKit.Providers.Choosing;

/// <summary>Candidates in the order in which they should serve a request, and why. Made by the rules of <see cref="ModelChooser"/>. Immutable.</summary>
/// <param name="Order">The places of those that may serve, the best first. Empty when no candidate can do what is needed.</param>
/// <param name="Reason">Why the first is the first, in one line of ASCII.</param>
/// <param name="PassedOver">Why a candidate can't or should not serve, by its place.</param>
public sealed record ModelRanking(
    IReadOnlyList<int> Order,
    string Reason,
    IReadOnlyList<KeyValuePair<int, string>> PassedOver
)
{
    /// <summary>Tokens of input from which a request counts as long: 8,000.</summary>
    public const int LongInput = 8_000;

    // Where the caller sets no bound: what an answer usually takes, for cost and time alike.
    private const int UsualOutput = 500;

    // Until a model was called: the time before its first token.
    private static readonly TimeSpan UsualFirstToken = TimeSpan.FromMilliseconds(500);

    /// <summary>Ranks candidates for a request.</summary>
    /// <param name="candidates">The models that may be chosen, the preferred first.</param>
    /// <param name="traits">What the request needs.</param>
    /// <param name="date">The day, in UTC, for prices and shutdowns.</param>
    /// <param name="goals">Bounds. Null: none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A bound is not more than zero.</exception>
    public static ModelRanking Of(
        IReadOnlyList<ModelCandidate> candidates,
        RequestTraits traits,
        DateOnly date,
        ChoiceGoals? goals = null
    )
    {
        ArgumentNullException.ThrowIfNull(candidates);
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
        var passedOver = new List<KeyValuePair<int, string>>();
        var ranked = new List<Assessed>();
        for (int place = 0; place < candidates.Count; place++)
        {
            ProviderModel? model = candidates[place].Model;
            if (ModelNeeds.FindLack(model, traits, date) is { } lack)
            {
                passedOver.Add(new(place, lack));
                continue;
            }
            Assessed assessed = Assess(candidates[place], traits, date, place);
            string? unfit = ModelNeeds.FindUnknown(model, traits) ?? FindExcess(assessed, goals);
            if (unfit is not null)
                passedOver.Add(new(place, unfit));
            ranked.Add(assessed with { IsUnfit = unfit is not null });
        }
        int[] order = [.. InOrder(ranked, demand is not null).Select(assessed => assessed.Place)];
        return new ModelRanking(order, Explain(candidates, order, demand, traits, passedOver), passedOver);
    }

    private static Assessed Assess(ModelCandidate candidate, RequestTraits traits, DateOnly date, int place)
    {
        int output = Math.Min(traits.MaxOutputTokens ?? UsualOutput, UsualOutput);
        var amounts = new ModelUsage { InputTokens = traits.InputTokens, OutputTokens = output };
        double? perSecond = candidate.Latency?.TokensPerSecond?.P50 ?? candidate.Model?.Facts.TokensPerSecond;
        TimeSpan first = candidate.Latency?.FirstTokenMilliseconds is { } known
            ? TimeSpan.FromMilliseconds(known.P50)
            : UsualFirstToken;
        return new Assessed(
            candidate.CostOf(amounts),
            candidate.Model?.Facts.PriceAt(date)?.Output,
            perSecond > 0 ? first + TimeSpan.FromSeconds(output / perSecond.Value) : null,
            place
        );
    }

    private static string? FindExcess(Assessed candidate, ChoiceGoals goals)
    {
        if (goals.Budget is { } budget && !(candidate.Cost <= budget))
            return candidate.Cost is null ? "price not known" : "beyond the budget";
        if (goals.LatencyTarget is { } target && !(candidate.Time <= target))
            return candidate.Time is null ? "speed not known" : "beyond the latency target";
        return null;
    }

    private static IEnumerable<Assessed> InOrder(List<Assessed> candidates, bool isDemanding)
    {
        IOrderedEnumerable<Assessed> fit = candidates.OrderBy(candidate => candidate.IsUnfit);
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
        IReadOnlyList<ModelCandidate> candidates,
        int[] order,
        string? demand,
        RequestTraits traits,
        List<KeyValuePair<int, string>> passedOver
    )
    {
        string needs = ModelNeeds.Describe(traits);
        string reasons = string.Join(
            ", ",
            passedOver.Select(passed => $"{candidates[passed.Key].Name} ({passed.Value})")
        );
        string others = reasons.Length == 0 ? "" : $"; passed over: {reasons}";
        if (order.Length == 0)
            return $"no candidate fits ({needs}){others}";
        string rule = demand is null ? "plain, so the cheapest" : $"demanding ({demand}), so the strongest";
        return $"{candidates[order[0]].Name}: {rule} that fits ({needs}){others}";
    }

    private sealed record Assessed(decimal? Cost, decimal? OutputPrice, TimeSpan? Time, int Place)
    {
        public bool IsUnfit { get; init; }
    }
}
