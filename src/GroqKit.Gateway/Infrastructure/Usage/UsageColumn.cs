using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>A column of the table <c>usage</c> and where its value comes from: text or a whole number.</summary>
internal sealed record UsageColumn(string Name, bool IsText, Func<UsageRecord, object?> Value)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>All of them, in the order of statements.</summary>
    public static IReadOnlyList<UsageColumn> All { get; } =
    [
        Text("request_id", r => r.RequestId),
        Number("started_at", r => r.StartedAt.ToUnixTimeMilliseconds()),
        Text("tenant", r => r.Tenant),
        Text("key_id", r => r.KeyId),
        Text("service", r => Operation.ServiceOf(r.Operation)),
        Text("operation", r => r.Operation),
        Text("agent", r => r.Agent),
        Text("conversation", r => r.Conversation),
        Text("end_user", r => r.EndUser),
        Text("provider", r => r.Provider),
        Text("model", r => r.Model),
        Number("streamed", r => r.Streamed ? 1 : 0),
        Number("outcome", r => (long)r.Outcome),
        Number("status", r => r.Status),
        Text("error", r => r.Error),
        Text("fallback", r => r.Fallback),
        Text("finish_reason", r => r.FinishReason),
        Number("estimated", r => r.Estimated ? 1 : 0),
        Number("prompt_tokens", r => r.Usage.Prompt),
        Number("cached_tokens", r => r.Usage.Cached),
        Number("completion_tokens", r => r.Usage.Completion),
        Number("reasoning_tokens", r => r.Usage.Reasoning),
        Number("total_tokens", r => r.Usage.Total),
        Number("audio_in_ms", r => Milliseconds(r.Speech.AudioIn)),
        Number("audio_in_bytes", r => r.Speech.AudioBytesIn),
        Number("characters", r => r.Speech.Characters),
        Number("audio_out_ms", r => Milliseconds(r.Speech.AudioOut)),
        Number("cost_nano", r => Nano(r.Cost)),
        Number("latency_us", r => Microseconds(r.Duration)),
        Number("first_token_us", r => Microseconds(r.FirstToken)),
        Number("overhead_us", r => Microseconds(r.Overhead)),
    ];

    /// <summary>Their names, for a statement.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(column => column.Name));

    /// <summary>Dollars as the database keeps them, to the nearest billionth.</summary>
    public static long? Nano(decimal? dollars) =>
        dollars is { } known ? (long)decimal.Round(known * 1_000_000_000m, MidpointRounding.ToEven) : null;

    public static decimal? Dollars(long? nano) => nano / 1_000_000_000m;

    private static long? Milliseconds(TimeSpan? time) => time?.Ticks / TimeSpan.TicksPerMillisecond;

    private static long? Microseconds(TimeSpan? time) => time?.Ticks / TicksPerMicrosecond;

    private static UsageColumn Text(string name, Func<UsageRecord, string?> value) =>
        new(name, IsText: true, record => value(record));

    private static UsageColumn Number(string name, Func<UsageRecord, long?> value) =>
        new(name, IsText: false, record => value(record));
}
