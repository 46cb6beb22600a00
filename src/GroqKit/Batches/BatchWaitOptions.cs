using GroqKit.Errors;

namespace GroqKit.Batches;

/// <summary>How to wait for a batch.</summary>
public sealed record BatchWaitOptions
{
    internal static BatchWaitOptions Default { get; } = new();

    /// <summary>The wait between the first two looks, doubled each time. Default 5 s. More than zero.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between two looks. Default 60 s. At least <see cref="FirstDelay"/>, at most a day.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>By how much a wait may differ, as a share of it: 0 to 1. Default 0.25.</summary>
    public double Jitter { get; init; } = 0.25;

    /// <summary>All waiting together. Default 8 days, a day more than the longest window. More than zero.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromDays(8);

    /// <summary>How many looks in a row may fail in a way that may pass, after their own retries. Default 10. Not negative.</summary>
    public int MaxFailures { get; init; } = 10;

    /// <exception cref="GroqValidationException">A value is out of range.</exception>
    internal void Check()
    {
        if (FirstDelay <= TimeSpan.Zero)
            throw Rules.Invalid(nameof(FirstDelay), "must be more than zero.");
        if (MaxDelay < FirstDelay || MaxDelay > TimeSpan.FromDays(1))
            throw Rules.Invalid(nameof(MaxDelay), $"must be at least {nameof(FirstDelay)} and at most a day.");
        Rules.CheckRange(nameof(Jitter), Jitter, 0, 1);
        if (MaxWait <= TimeSpan.Zero)
            throw Rules.Invalid(nameof(MaxWait), "must be more than zero.");
        if (MaxFailures < 0)
            throw Rules.Invalid(nameof(MaxFailures), "must not be negative.");
    }
}
