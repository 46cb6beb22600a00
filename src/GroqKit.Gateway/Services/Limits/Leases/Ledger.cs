using System.Text.Json;
using System.Text.Json.Serialization;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// What all nodes together know of one limit: what was used, by slots of time, and what each node may still use. Slots are seconds
/// since 1970, or the numbers of days or months.
/// </summary>
internal sealed class Ledger
{
    /// <summary>The life of the store that it belongs to.</summary>
    [JsonPropertyName("b")]
    public long Epoch { get; set; }

    /// <summary>What was used, by slot.</summary>
    [JsonPropertyName("s")]
    public SortedDictionary<long, long> Slots { get; init; } = [];

    [JsonPropertyName("l")]
    public List<Lease> Leases { get; init; } = [];

    [JsonIgnore]
    public long Used => Slots.Values.Sum();

    /// <returns>Null when there is none, none of this life of the store, or none that can be read.</returns>
    public static Ledger? Read(LedgerRead read)
    {
        try
        {
            Ledger? ledger = read.State is { } state ? JsonSerializer.Deserialize<Ledger>(state) : null;
            return ledger?.Epoch == read.Epoch.Since ? ledger : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    /// <summary>Adds to a slot; nothing goes below zero.</summary>
    public void Add(long slot, long amount)
    {
        long sum = Math.Max(0, Slots.GetValueOrDefault(slot) + amount);
        if (sum == 0)
            Slots.Remove(slot);
        else
            Slots[slot] = sum;
    }
}
