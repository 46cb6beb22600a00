using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>What some rows add to the table <c>usage_hourly</c>.</summary>
internal static class HourlySums
{
    public const long HourMilliseconds = 3_600_000;

    /// <summary>The columns that together name a row.</summary>
    public static IReadOnlyList<string> Names { get; } =
    ["tenant", "hour", "key_id", "agent", "provider", "model", "service"];

    /// <summary>The columns that are sums, each with what a row of <c>usage</c> adds to it.</summary>
    public static IReadOnlyList<(string Name, string OfRow)> Sums { get; } =
    [
        ("requests", "1"),
        ("refused", $"CASE WHEN outcome = {(int)Outcome.Refused} THEN 1 ELSE 0 END"),
        ("failed", $"CASE WHEN outcome = {(int)Outcome.Completed} THEN 0 ELSE 1 END"),
        ("estimated", "estimated"),
        ("unpriced", "CASE WHEN cost_nano IS NULL THEN 1 ELSE 0 END"),
        ("prompt_tokens", "prompt_tokens"),
        ("cached_tokens", "cached_tokens"),
        ("completion_tokens", "completion_tokens"),
        ("reasoning_tokens", "reasoning_tokens"),
        ("total_tokens", "total_tokens"),
        ("audio_in_ms", "COALESCE(audio_in_ms, 0)"),
        ("audio_in_bytes", "audio_in_bytes"),
        ("characters", "characters"),
        ("audio_out_ms", "COALESCE(audio_out_ms, 0)"),
        ("cost_nano", "COALESCE(cost_nano, 0)"),
        ("latency_us", "latency_us"),
        ("first_token_us", "COALESCE(first_token_us, 0)"),
        ("first_tokens", "CASE WHEN first_token_us IS NULL THEN 0 ELSE 1 END"),
    ];

    /// <summary>Adds one row of sums to what is there. The same on both databases.</summary>
    public static string Upsert { get; } =
        $"""
            INSERT INTO usage_hourly ({string.Join(", ", Names)}, {string.Join(", ", Sums.Select(sum => sum.Name))})
            VALUES ({string.Join(", ", Names.Concat(Sums.Select(sum => sum.Name)).Select(name => "@" + name))})
            ON CONFLICT ({string.Join(", ", Names)}) DO UPDATE SET
            {string.Join(", ", Sums.Select(sum => $"{sum.Name} = usage_hourly.{sum.Name} + excluded.{sum.Name}"))}
            """;

    /// <summary>The rows to add, in the order of their names: nodes that add at the same time then wait for each other in one order.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, object>> Of(IEnumerable<UsageRecord> records) =>
        records
            .GroupBy(Key)
            .OrderBy(group => group.Key.Tenant, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Hour)
            .ThenBy(group => group.Key.KeyId, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Agent, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Provider, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Model, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Service, StringComparer.Ordinal)
            .Select(Row);

    private static HourKey Key(UsageRecord record) =>
        new(
            record.Tenant,
            record.StartedAt.ToUnixTimeMilliseconds() / HourMilliseconds * HourMilliseconds,
            record.KeyId,
            record.Agent ?? "",
            record.Provider ?? "",
            record.Model ?? "",
            Operation.ServiceOf(record.Operation)
        );

    private static Dictionary<string, object> Row(IGrouping<HourKey, UsageRecord> group)
    {
        HourKey key = group.Key;
        return new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["tenant"] = key.Tenant,
            ["hour"] = key.Hour,
            ["key_id"] = key.KeyId,
            ["agent"] = key.Agent,
            ["provider"] = key.Provider,
            ["model"] = key.Model,
            ["service"] = key.Service,
            ["requests"] = group.LongCount(),
            ["refused"] = group.LongCount(r => r.Outcome == Outcome.Refused),
            ["failed"] = group.LongCount(r => r.Outcome != Outcome.Completed),
            ["estimated"] = group.LongCount(r => r.Estimated),
            ["unpriced"] = group.LongCount(r => r.Cost is null),
            ["prompt_tokens"] = group.Sum(r => r.Usage.Prompt),
            ["cached_tokens"] = group.Sum(r => r.Usage.Cached),
            ["completion_tokens"] = group.Sum(r => r.Usage.Completion),
            ["reasoning_tokens"] = group.Sum(r => r.Usage.Reasoning),
            ["total_tokens"] = group.Sum(r => r.Usage.Total),
            ["audio_in_ms"] = group.Sum(r => (r.Speech.AudioIn?.Ticks ?? 0) / TimeSpan.TicksPerMillisecond),
            ["audio_in_bytes"] = group.Sum(r => r.Speech.AudioBytesIn),
            ["characters"] = group.Sum(r => r.Speech.Characters),
            ["audio_out_ms"] = group.Sum(r => (r.Speech.AudioOut?.Ticks ?? 0) / TimeSpan.TicksPerMillisecond),
            ["cost_nano"] = group.Sum(r => UsageColumn.Nano(r.Cost) ?? 0),
            ["latency_us"] = group.Sum(r => r.Duration.Ticks / TimeSpan.TicksPerMicrosecond),
            ["first_token_us"] = group.Sum(r => (r.FirstToken?.Ticks ?? 0) / TimeSpan.TicksPerMicrosecond),
            ["first_tokens"] = group.LongCount(r => r.FirstToken is not null),
        };
    }

    private readonly record struct HourKey(
        string Tenant,
        long Hour,
        string KeyId,
        string Agent,
        string Provider,
        string Model,
        string Service
    );
}
