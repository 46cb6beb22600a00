namespace GroqKit.Catalog;

/// <summary>What one request used, as far as it is billed.</summary>
/// <remarks>One request, not a sum of several: the minimum length of billed audio applies to each request.</remarks>
public readonly record struct ModelUsage
{
    /// <summary>Tokens of the prompt, cached ones included. At least 0; the default is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long InputTokens
    {
        get;
        init => field = NotNegative(value, nameof(InputTokens));
    }

    /// <summary>How many of <see cref="InputTokens"/> came from the cache. At least 0; the default is 0.</summary>
    /// <remarks>A report of more cached than input tokens counts as all of them cached.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long CachedInputTokens
    {
        get;
        init => field = NotNegative(value, nameof(CachedInputTokens));
    }

    /// <summary>Tokens of the answer, reasoning included. At least 0; the default is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long OutputTokens
    {
        get;
        init => field = NotNegative(value, nameof(OutputTokens));
    }

    /// <summary>Characters of the text to speak, directions included. At least 0; the default is 0.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public long Characters
    {
        get;
        init => field = NotNegative(value, nameof(Characters));
    }

    /// <summary>Length of the audio that was sent; null (the default) for a request without audio.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? Audio
    {
        get;
        init => field = value is { } audio ? TimeSpan.FromTicks(NotNegative(audio.Ticks, nameof(Audio))) : null;
    }

    /// <summary>
    /// Whether the request ran in a batch: half the price of an immediate one, and no discount for cached input.
    /// </summary>
    public bool IsBatch { get; init; }

    private static long NotNegative(long value, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value, name);
        return value;
    }
}
