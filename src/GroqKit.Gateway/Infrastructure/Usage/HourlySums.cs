using System.Runtime.InteropServices;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>What some rows add to the table <c>usage_hourly</c>.</summary>
internal static class HourlySums
{
    /// <summary>The columns that together name a row.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["tenant", "hour", "key_id", "agent", "provider", "model", "service"];

    /// <summary>The columns that are sums.</summary>
    public static IReadOnlyList<HourlySum> Sums { get; } =
    [
        new("requests", "1", static (in _) => 1),
        HourlySum.Count(
            "refused",
            $"outcome = {(int)Outcome.Refused}",
            static (in r) => r.Outcome == Outcome.Refused ? 1 : 0
        ),
        HourlySum.Count(
            "failed",
            $"outcome <> {(int)Outcome.Completed}",
            static (in r) => r.Outcome != Outcome.Completed ? 1 : 0
        ),
        HourlySum.Of("estimated"),
        HourlySum.Count("unpriced", "cost_nano IS NULL", static (in r) => r.Cost is null ? 1 : 0),
        HourlySum.Of("prompt_tokens"),
        HourlySum.Of("cached_tokens"),
        HourlySum.Of("completion_tokens"),
        HourlySum.Of("reasoning_tokens"),
        HourlySum.Of("total_tokens"),
        HourlySum.Of("audio_in_ms"),
        HourlySum.Of("audio_in_bytes"),
        HourlySum.Of("characters"),
        HourlySum.Of("audio_out_ms"),
        HourlySum.Of("cost_nano"),
        HourlySum.Of("latency_us"),
        HourlySum.Of("first_token_us"),
        HourlySum.Count(
            "first_tokens",
            "first_token_us IS NOT NULL",
            static (in r) => r.FirstToken is not null ? 1 : 0
        ),
    ];

    /// <summary>All columns, for a statement.</summary>
    public static string Columns { get; } = string.Join(", ", [.. Names, .. Sums.Select(sum => sum.Name)]);

    /// <summary>The end of an insertion that adds to what is there. The same on both databases.</summary>
    public static string AddToOld { get; } =
        $"ON CONFLICT ({string.Join(", ", Names)}) DO UPDATE SET {string.Join(", ", Sums.Select(sum => $"{sum.Name} = usage_hourly.{sum.Name} + excluded.{sum.Name}"))}";

    /// <summary>The rows to add, in the order of their names: nodes that add at the same time then wait for each other in one order.</summary>
    public static IReadOnlyList<HourlyRow> Of(IReadOnlyList<UsageRecord> records)
    {
        var rows = new Dictionary<HourlyName, long[]>();
        foreach (UsageRecord record in records)
        {
            ref long[]? sums = ref CollectionsMarshal.GetValueRefOrAddDefault(rows, HourlyName.Of(in record), out _);
            sums ??= new long[Sums.Count];
            for (int i = 0; i < sums.Length; i++)
                sums[i] += Sums[i].OfRecord(in record) ?? 0;
        }
        return [.. rows.OrderBy(row => row.Key, HourlyName.Order).Select(row => new HourlyRow(row.Key, row.Value))];
    }
}
