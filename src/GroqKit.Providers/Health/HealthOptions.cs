namespace GroqKit.Providers.Health;

/// <summary>When providers are probed. Health comes from traffic first: only what is idle or closed is probed.</summary>
public sealed record HealthOptions
{
    /// <summary>How often is looked whether something needs a probe. More than zero. Default 5 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lane that works must have been idle to be probed; null: never. Default null: a probe costs money.</summary>
    public TimeSpan? ProbeIdleAfter { get; init; }

    /// <summary>The wait before the first probe of a lane that is closed. More than zero. Default 5 s; each failed probe doubles it.</summary>
    public TimeSpan FirstProbe { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest wait between probes. Default 5 min.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a probe may take. More than zero. Default 10 s.</summary>
    public TimeSpan ProbeTimeout { get; init; } = TimeSpan.FromSeconds(10);
}
