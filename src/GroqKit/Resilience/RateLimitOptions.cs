namespace GroqKit.Resilience;

/// <summary>
/// How a client keeps within rate limits by itself: it follows what the answers report for each model, waits where nothing is left, and
/// slows down shortly before.
/// </summary>
/// <remarks>
/// A call whose wait would outlast its deadline fails at once with <see cref="GroqRateLimitException"/>, which carries the wait. Waiting
/// calls go in the order in which they came.
/// </remarks>
public sealed class RateLimitOptions
{
    /// <summary>Whether calls wait for limits at all. When false, own caps are not kept either. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Below which share of a limit calls are spaced out, 0 (never) to 1. Default: 0.1.</summary>
    public double ThrottleBelow { get; set; } = 0.1;

    /// <summary>The widest spacing while a limit is not used up. Not negative. Default: 1 s.</summary>
    public TimeSpan MaxThrottleDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Whether limits that no answer reports, such as requests per minute, are taken from the plan whose published limits are those
    /// that the answers do report. Default: true.
    /// </summary>
    public bool UsePublishedLimits { get; set; } = true;

    /// <summary>Own cap of calls per minute for each model, at least 1. Default: none.</summary>
    public int? RequestsPerMinute { get; set; }

    /// <summary>Own cap of tokens per minute for each model, at least 1. Default: none.</summary>
    public int? TokensPerMinute { get; set; }

    /// <summary>
    /// How many calls may be under way before the first answer tells the limits of a model, at least 1; every
    /// second without an answer lets 8 times as many more go. Default: 16.
    /// </summary>
    public int FirstCalls { get; set; } = 16;

    internal IEnumerable<string> Validate()
    {
        if (!(ThrottleBelow is >= 0 and <= 1))
            yield return $"{nameof(ThrottleBelow)} must be from 0 to 1.";
        if (MaxThrottleDelay < TimeSpan.Zero || MaxThrottleDelay > TimeSpan.FromDays(1))
            yield return $"{nameof(MaxThrottleDelay)} must not be negative and at most a day.";
        if (RequestsPerMinute < 1)
            yield return $"{nameof(RequestsPerMinute)} must be at least 1.";
        if (TokensPerMinute < 1)
            yield return $"{nameof(TokensPerMinute)} must be at least 1.";
        if (FirstCalls < 1)
            yield return $"{nameof(FirstCalls)} must be at least 1.";
    }
}
