using System.Globalization;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>When a store began to remember.</summary>
/// <param name="Since">In milliseconds since 1970, by the store's clock.</param>
/// <param name="AfterLoss">True when nodes that ran already had to begin it: it has forgotten what they know.</param>
internal sealed record StoreEpoch(long Since, bool AfterLoss)
{
    /// <summary>What a node writes that finds none; the store puts its time before it.</summary>
    public static string Mark(bool survivor) => survivor ? "r" : "n";

    /// <summary>Reads the time and the mark.</summary>
    public static StoreEpoch Parse(string text) =>
        new(long.Parse(text.AsSpan(..^1), NumberStyles.None, CultureInfo.InvariantCulture), text[^1] == 'r');
}
