namespace GroqKit.Resilience;

/// <summary>One rate limit of a model, as the client sees it.</summary>
/// <param name="Unit">What it counts.</param>
/// <param name="Period">Over which time it is counted.</param>
/// <param name="Source">How the client knows of it.</param>
/// <param name="Limit">How much there is in a period.</param>
/// <param name="Remaining">How much is left now, calls under way already taken off; below 0 when they took more than was left.</param>
/// <param name="FullIn">How long until all is there again if nothing more is sent.</param>
public sealed record RateLimitState(
    RateUnit Unit,
    TimeSpan Period,
    RateSource Source,
    double Limit,
    double Remaining,
    TimeSpan FullIn
);
