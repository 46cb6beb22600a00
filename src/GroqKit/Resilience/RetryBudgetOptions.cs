namespace GroqKit.Resilience;

/// <summary>
/// Bounds the retries of all calls of one client together, so that a provider in trouble is not buried under them. A bucket of
/// tokens: every retry takes some, a retry that then works gives its own back, a call that works at once gives one.
/// </summary>
/// <remarks>The figures are those that the AWS SDKs use since 2026.</remarks>
public sealed class RetryBudgetOptions
{
    /// <summary>Whether retries are bounded at all. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Tokens in a full bucket, at least 1. Default: 500, which is 35 retries in a row after errors of the server.</summary>
    public int Capacity { get; set; } = 500;

    /// <summary>Tokens that a retry after a server error, a time-out or a network error takes, at least 1. Default: 14.</summary>
    public int TransientCost { get; set; } = 14;

    /// <summary>Tokens that a retry after a rate limit takes, at least 1. Default: 5.</summary>
    public int ThrottlingCost { get; set; } = 5;

    internal IEnumerable<string> Validate()
    {
        if (Capacity < 1)
            yield return $"{nameof(Capacity)} must be at least 1.";
        if (TransientCost < 1)
            yield return $"{nameof(TransientCost)} must be at least 1.";
        if (ThrottlingCost < 1)
            yield return $"{nameof(ThrottlingCost)} must be at least 1.";
    }
}
