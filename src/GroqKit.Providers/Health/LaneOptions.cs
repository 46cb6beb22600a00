using GroqKit.Resilience;

namespace GroqKit.Providers.Health;

/// <summary>When a provider is passed over, and for how long.</summary>
public sealed record LaneOptions
{
    /// <summary>When a circuit opens and closes. Default: 5 failures in a row, 30 s, 3 trials.</summary>
    public CircuitBreakerOptions Circuit { get; init; } = new();

    /// <summary>How long a model that answered 429 without a wait is passed over. More than zero. Default 5 s.</summary>
    public TimeSpan RateLimitPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a key that was refused, or an account without money, is passed over: waiting does not help, so it is long. A probe that works
    /// ends it. More than zero. Default 5 min.
    /// </summary>
    public TimeSpan RefusedKeyPause { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// How long an address that was farther than the nearest goes unused before a call may try it again: distances change. More than zero.
    /// Default 5 min.
    /// </summary>
    public TimeSpan RemeasureAfter { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How many of the last calls latencies are taken from, at least 10. Default 100.</summary>
    public int LatencySamples { get; init; } = 100;

    /// <summary>
    /// The share of a rate limit, 0 to 1, below which a connection is tried only after those that have more left. Default 0.05.
    /// </summary>
    public double NearlyUsedUp { get; init; } = 0.05;

    /// <summary>Everything that is wrong, with the field's name first; empty when nothing is.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        Check(RateLimitPause, nameof(RateLimitPause), errors);
        Check(RefusedKeyPause, nameof(RefusedKeyPause), errors);
        Check(RemeasureAfter, nameof(RemeasureAfter), errors);
        if (LatencySamples < 10)
            errors.Add($"{nameof(LatencySamples)} must be at least 10.");
        if (NearlyUsedUp is not (>= 0 and <= 1))
            errors.Add($"{nameof(NearlyUsedUp)} must be from 0 to 1.");
        return errors;
    }

    private static void Check(TimeSpan value, string name, List<string> errors)
    {
        if (value <= TimeSpan.Zero)
            errors.Add($"{name} must be more than zero.");
    }
}
