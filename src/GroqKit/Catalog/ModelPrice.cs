namespace GroqKit.Catalog;

/// <summary>What a model costs from a day on, in US dollars. A figure that is not known is null, never zero.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record ModelPrice
{
    private const decimal Million = 1_000_000m;

    // Groq bills a batch at half the immediate price, and does not add the discount for cached input to it.
    private const decimal BatchShare = 0.5m;

    /// <summary>
    /// First day on which the price holds (UTC); null when that day is not recorded: the price then holds before every
    /// later one.
    /// </summary>
    public DateOnly? From { get; init; }

    /// <summary>Day on which the price was last read from its source; null when not recorded.</summary>
    public DateOnly? Seen { get; init; }

    /// <summary>Dollars per million tokens of input that was not cached.</summary>
    public decimal? Input { get; init; }

    /// <summary>Dollars per million tokens of cached input.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Dollars per million tokens of output, reasoning included.</summary>
    public decimal? Output { get; init; }

    /// <summary>Dollars per hour of audio sent.</summary>
    public decimal? PerAudioHour { get; init; }

    /// <summary>Seconds that a request with audio is billed at least; null for no minimum.</summary>
    public int? MinimumAudioSeconds { get; init; }

    /// <summary>Dollars per million characters spoken.</summary>
    public decimal? PerMillionCharacters { get; init; }

    /// <summary>What one request costs at this price.</summary>
    /// <param name="usage">What the request used.</param>
    /// <returns>Dollars, not rounded; null when something was used whose price is not known.</returns>
    /// <exception cref="OverflowException">The product of price and amount exceeds the range of
    /// <see cref="decimal"/>.</exception>
    public decimal? CostOf(in ModelUsage usage)
    {
        // A null sum swallows everything added to it, which is exactly what an unknown part must do to the whole.
        decimal? cost =
            TokenCost(usage)
            + Charge(usage.OutputTokens, Output)
            + Charge(usage.Characters, PerMillionCharacters)
            + AudioCost(usage.Audio);
        return usage.IsBatch ? cost * BatchShare : cost;
    }

    private static decimal? Charge(long amount, decimal? perMillion) =>
        amount == 0 ? 0m : amount * perMillion / Million;

    private decimal? TokenCost(in ModelUsage usage)
    {
        long cached = usage.IsBatch ? 0 : Math.Min(usage.CachedInputTokens, usage.InputTokens);
        return Charge(usage.InputTokens - cached, Input) + Charge(cached, CachedInput);
    }

    private decimal? AudioCost(TimeSpan? audio)
    {
        if (audio is not { } length)
            return 0m;
        long ticks = Math.Max(length.Ticks, (MinimumAudioSeconds ?? 0) * TimeSpan.TicksPerSecond);
        return ticks * PerAudioHour / TimeSpan.TicksPerHour;
    }
}
