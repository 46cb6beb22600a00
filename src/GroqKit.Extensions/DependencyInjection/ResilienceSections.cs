using GroqKit.Resilience;

namespace GroqKit.Extensions.DependencyInjection;

/// <summary>The sections about what happens when calls fail, are slow, or are too many.</summary>
internal static class ResilienceSections
{
    public static void Read(SectionReader reader, RetryOptions options)
    {
        reader.Integer(nameof(options.MaxRetries), value => options.MaxRetries = value);
        reader.Duration(nameof(options.BaseDelay), value => options.BaseDelay = value);
        reader.Duration(nameof(options.MaxDelay), value => options.MaxDelay = value);
        reader.Number(nameof(options.Jitter), value => options.Jitter = value);
        reader.Flag(nameof(options.FullJitter), value => options.FullJitter = value);
        reader.Duration(nameof(options.MaxRetryAfterJitter), value => options.MaxRetryAfterJitter = value);
    }

    public static void Read(SectionReader reader, RetryBudgetOptions options)
    {
        reader.Flag(nameof(options.Enabled), value => options.Enabled = value);
        reader.Integer(nameof(options.Capacity), value => options.Capacity = value);
        reader.Integer(nameof(options.TransientCost), value => options.TransientCost = value);
        reader.Integer(nameof(options.ThrottlingCost), value => options.ThrottlingCost = value);
    }

    public static void Read(SectionReader reader, CircuitBreakerOptions options)
    {
        reader.Flag(nameof(options.Enabled), value => options.Enabled = value);
        reader.Integer(nameof(options.FailuresToOpen), value => options.FailuresToOpen = value);
        reader.Duration(nameof(options.OpenDuration), value => options.OpenDuration = value);
        reader.Integer(nameof(options.SuccessesToClose), value => options.SuccessesToClose = value);
        reader.Duration(nameof(options.TrialLease), value => options.TrialLease = value);
    }

    public static void Read(SectionReader reader, RateLimitOptions options)
    {
        reader.Flag(nameof(options.Enabled), value => options.Enabled = value);
        reader.Number(nameof(options.ThrottleBelow), value => options.ThrottleBelow = value);
        reader.Duration(nameof(options.MaxThrottleDelay), value => options.MaxThrottleDelay = value);
        reader.Flag(nameof(options.UsePublishedLimits), value => options.UsePublishedLimits = value);
        reader.Integer(nameof(options.RequestsPerMinute), value => options.RequestsPerMinute = value);
        reader.Integer(nameof(options.TokensPerMinute), value => options.TokensPerMinute = value);
        reader.Integer(nameof(options.FirstCalls), value => options.FirstCalls = value);
    }

    public static void Read(SectionReader reader, HedgingOptions options)
    {
        reader.Flag(nameof(options.Enabled), value => options.Enabled = value);
        reader.Duration(nameof(options.Delay), value => options.Delay = value);
        reader.Integer(nameof(options.MaxParallel), value => options.MaxParallel = value);
    }
}
