using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>What a node may use without asking.</summary>
/// <param name="Node">Whose it is.</param>
/// <param name="Sequence">The last report that was heard from the node.</param>
/// <param name="Slot">Where that report's use was put.</param>
/// <param name="Amount">How much it may use.</param>
/// <param name="Expires">Until when, by the store's clock in milliseconds.</param>
internal sealed record Lease(
    [property: JsonPropertyName("n")] string Node,
    [property: JsonPropertyName("q")] long Sequence,
    [property: JsonPropertyName("t")] long Slot,
    [property: JsonPropertyName("a")] long Amount,
    [property: JsonPropertyName("e")] long Expires
)
{
    /// <summary>How long a lease holds. A killed node keeps others from its permits for this time.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(4);

    /// <summary>
    /// How long the permits of a node that is gone still count for days and months. What it used of them is in its journal, and so in the
    /// database as soon as it is started again.
    /// </summary>
    public static readonly TimeSpan Mourning = TimeSpan.FromMinutes(10);
}
