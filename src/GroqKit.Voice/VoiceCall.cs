using Microsoft.Extensions.AI;

namespace GroqKit.Voice;

/// <summary>One call of a provider within a turn.</summary>
public sealed record VoiceCall
{
    /// <summary>The provider's name; null where the client does not tell.</summary>
    public string? Provider { get; init; }

    /// <summary>The model; null where the client does not tell.</summary>
    public string? Model { get; init; }

    /// <summary>What it used; null when it did not say.</summary>
    public UsageDetails? Usage { get; init; }

    /// <summary>Whether it served.</summary>
    public required bool Succeeded { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>From asking to the first useful output; null when there was none.</summary>
    public TimeSpan? FirstOutput { get; init; }
}
