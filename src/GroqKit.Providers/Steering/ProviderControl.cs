namespace GroqKit.Providers.Steering;

/// <summary>What an operator decided about a provider while everything runs.</summary>
public sealed record ProviderControl
{
    /// <summary>False: the kill switch. Nothing is sent to it.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>
    /// The share of conversations that are sent to it where a chain names it, 0 to 100. Default 100. The others are sent to those after it in
    /// the chain, and to it only when none of them could serve. 0 is as good as switched off.
    /// </summary>
    public int SharePercent { get; init; } = 100;

    /// <summary>Why, in words for the trace; null when nobody said.</summary>
    public string? Reason { get; init; }
}
