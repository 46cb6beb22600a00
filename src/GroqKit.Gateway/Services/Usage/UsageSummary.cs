namespace GroqKit.Gateway.Services.Usage;

/// <summary>The sums of some accounts.</summary>
/// <param name="Group">The values that the accounts have in common, in the order asked for; null where they have none.</param>
internal sealed record UsageSummary(IReadOnlyList<string?> Group)
{
    public long Requests { get; init; }

    /// <summary>Calls that were wrong or beyond a limit, and weren't made.</summary>
    public long Refused { get; init; }

    /// <summary>Calls that ended otherwise than completed, refused ones included.</summary>
    public long Failed { get; init; }

    /// <summary>Calls whose tokens are reckoned from bytes.</summary>
    public long Estimated { get; init; }

    /// <summary>Calls whose cost isn't known; <see cref="Cost"/> is without them.</summary>
    public long Unpriced { get; init; }

    public TokenUsage Usage { get; init; }

    public decimal AudioSeconds { get; init; }

    public long AudioBytes { get; init; }

    public long Characters { get; init; }

    public decimal AudioSecondsOut { get; init; }

    /// <summary>US dollars.</summary>
    public decimal Cost { get; init; }

    /// <summary>Mean time to the end of the answer.</summary>
    public TimeSpan Latency { get; init; }

    /// <summary>Mean time to the first output of those calls that had any.</summary>
    public TimeSpan? FirstToken { get; init; }
}
