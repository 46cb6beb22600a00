using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>What the gateway keeps of one answer object, streamed or whole.</summary>
/// <param name="Usage">The largest figures found.</param>
/// <param name="FinishReason">Null where no choice has ended.</param>
/// <param name="HasError">True when the object is an error.</param>
/// <param name="StoppedEarly">True when <c>x_groq.error</c> says that the answer was stopped.</param>
internal readonly record struct ChunkFacts(TokenUsage Usage, string? FinishReason, bool HasError, bool StoppedEarly)
{
    /// <summary>The tier that served; null for the usual one.</summary>
    public string? ServiceTier { get; init; }

    /// <summary>How many choices end with it.</summary>
    public int Endings { get; init; }

    /// <summary>Whether it has choices, if only an empty list.</summary>
    public bool HasChoices { get; init; }

    /// <summary>Whether it tells nothing of this.</summary>
    public bool IsPlain => Usage == default && !HasError && !StoppedEarly && ServiceTier is null && Endings == 0;
}
