namespace GroqKit;

/// <summary>When and how often a failed attempt is repeated.</summary>
/// <remarks>
/// Rate limits wait as long as the server says; overload, 408, 409, 5xx and network failures wait exponentially longer; a timeout is repeated at
/// once; nothing is repeated that cannot succeed, nor a stream that has begun.
/// </remarks>
public sealed class RetryOptions
{
    /// <summary>Repeats after the first attempt, 0 to 10. Default 2.</summary>
    public int MaxRetries { get; set; } = 2;

    /// <summary>The first wait, doubled each time. Default 1 s. Not negative, at most <see cref="MaxDelay"/>.</summary>
    public TimeSpan BaseDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest exponential wait, before jitter. Default 60 s. At most a day.</summary>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>By how much an exponential wait may differ, as a share of it: 0 to 1. Default 0.25.</summary>
    public double Jitter { get; set; } = 0.25;

    /// <summary>
    /// Whether an exponential wait is any time between nothing and what it would be without jitter, instead of differing by
    /// <see cref="Jitter"/>. Spreads many clients best, and lets single ones return sooner. Default: false.
    /// </summary>
    public bool FullJitter { get; set; }

    /// <summary>
    /// What is added at most to the wait that a server asks for, so that those whom it sent away together don't return together; never
    /// more than a tenth of that wait. Not negative, at most an hour. Default: 1 s.
    /// </summary>
    public TimeSpan MaxRetryAfterJitter { get; set; } = TimeSpan.FromSeconds(1);

    internal IEnumerable<string> Validate()
    {
        if (MaxRetries is < 0 or > 10)
            yield return $"{nameof(MaxRetries)} must be from 0 to 10.";
        if (MaxDelay < TimeSpan.Zero || MaxDelay > TimeSpan.FromDays(1))
            yield return $"{nameof(MaxDelay)} must not be negative and at most a day.";
        if (BaseDelay < TimeSpan.Zero || BaseDelay > MaxDelay)
            yield return $"{nameof(BaseDelay)} must not be negative and at most {nameof(MaxDelay)}.";
        if (!(Jitter is >= 0 and <= 1))
            yield return $"{nameof(Jitter)} must be from 0 to 1.";
        if (MaxRetryAfterJitter < TimeSpan.Zero || MaxRetryAfterJitter > TimeSpan.FromHours(1))
            yield return $"{nameof(MaxRetryAfterJitter)} must not be negative and at most an hour.";
    }
}
