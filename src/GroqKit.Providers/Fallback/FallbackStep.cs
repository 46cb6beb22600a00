using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Fallback;

/// <summary>One provider that was asked, or passed over, on the way to an answer.</summary>
public sealed record FallbackStep
{
    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>The id of the key and address; never the key.</summary>
    public required string Connection { get; init; }

    /// <summary>The model.</summary>
    public required string Model { get; init; }

    /// <summary>How it ended.</summary>
    public required FallbackStepOutcome Outcome { get; init; }

    /// <summary>From the beginning of the call to the beginning of this step.</summary>
    public required TimeSpan StartedAfter { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From its beginning to its first useful output; null when there was none.</summary>
    public TimeSpan? FirstOutput { get; init; }

    /// <summary>The kind of failure; null when it did not fail.</summary>
    public ProviderFailure? Failure { get; init; }

    /// <summary>Why it was passed over or failed, in words without secrets.</summary>
    public string? Reason { get; init; }

    /// <summary>How it was chosen, when more than its place in the chain decided.</summary>
    public string? Choice { get; init; }

    /// <summary>What it used, as it said itself; null when it did not say. A failed step may have been billed all the same.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>True when it took work and did not say what it used: an answer that broke, a deadline that passed.</summary>
    public bool MayBeBilled { get; init; }
}
