namespace GroqKit.Providers.Choosing;

/// <summary>Bounds for a choice. What they rule out is asked only when nothing else is left.</summary>
public sealed record ChoiceGoals
{
    /// <summary>The most that the call may cost, in US dollars, by the estimate; more than zero. Null: no bound.</summary>
    public decimal? Budget { get; init; }

    /// <summary>How long the whole answer may take, as far as speeds are known; more than zero. Null: no bound.</summary>
    public TimeSpan? LatencyTarget { get; init; }
}
