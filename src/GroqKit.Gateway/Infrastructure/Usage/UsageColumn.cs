using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>A column of the table <c>usage</c> and where its value comes from.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TextOf">Its value when it is text, else null.</param>
/// <param name="NumberOf">Its value when it is a whole number, else null.</param>
internal sealed record UsageColumn(string Name, UsageText? TextOf, UsageNumber? NumberOf)
{
    private const long TicksPerMicrosecond = TimeSpan.TicksPerMicrosecond;

    /// <summary>All of them, in the order of statements.</summary>
    public static IReadOnlyList<UsageColumn> All { get; } =
    [
        Text("request_id", static (in r) => r.RequestId),
        Number("started_at", static (in r) => r.StartedAt.ToUnixTimeMilliseconds()),
        Text("tenant", static (in r) => r.Tenant),
        Text("key_id", static (in r) => r.KeyId),
        Text("service", static (in r) => Operation.ServiceOf(r.Operation)),
        Text("operation", static (in r) => r.Operation),
        Text("agent", static (in r) => r.Agent),
        Text("conversation", static (in r) => r.Conversation),
        Text("end_user", static (in r) => r.EndUser),
        Text("provider", static (in r) => r.Provider),
        Text("model", static (in r) => r.Model),
        Number("streamed", static (in r) => r.Streamed ? 1 : 0),
        Number("outcome", static (in r) => (long)r.Outcome),
        Number("status", static (in r) => r.Status),
        Text("error", static (in r) => r.Error),
        Text("fallback", static (in r) => r.Fallback),
        Text("finish_reason", static (in r) => r.FinishReason),
        Number("estimated", static (in r) => r.Estimated ? 1 : 0),
        Number("prompt_tokens", static (in r) => r.Usage.Prompt),
        Number("cached_tokens", static (in r) => r.Usage.Cached),
        Number("completion_tokens", static (in r) => r.Usage.Completion),
        Number("reasoning_tokens", static (in r) => r.Usage.Reasoning),
        Number("total_tokens", static (in r) => r.Usage.Total),
        Number("audio_in_ms", static (in r) => Milliseconds(r.Speech.AudioIn)),
        Number("audio_in_bytes", static (in r) => r.Speech.AudioBytesIn),
        Number("characters", static (in r) => r.Speech.Characters),
        Number("audio_out_ms", static (in r) => Milliseconds(r.Speech.AudioOut)),
        Number("cost_nano", static (in r) => Nano(r.Cost)),
        Number("latency_us", static (in r) => Microseconds(r.Duration)),
        Number("first_token_us", static (in r) => Microseconds(r.FirstToken)),
        Number("overhead_us", static (in r) => Microseconds(r.Overhead)),
        Number("cached", static (in r) => r.Cached ? 1 : 0),
        Text("screening", static (in r) => r.Screening),
    ];

    /// <summary>Their names, for a statement.</summary>
    public static string Names { get; } = string.Join(", ", All.Select(column => column.Name));

    /// <summary>Dollars as the database keeps them, to the nearest billionth.</summary>
    public static long? Nano(decimal? dollars) =>
        dollars is { } known ? (long)decimal.Round(known * 1_000_000_000m, MidpointRounding.ToEven) : null;

    public static decimal? Dollars(long? nano) => nano / 1_000_000_000m;

    private static long? Milliseconds(TimeSpan? time) => time?.Ticks / TimeSpan.TicksPerMillisecond;

    private static long? Microseconds(TimeSpan? time) => time?.Ticks / TicksPerMicrosecond;

    private static UsageColumn Text(string name, UsageText value) => new(name, value, NumberOf: null);

    private static UsageColumn Number(string name, UsageNumber value) => new(name, TextOf: null, value);
}
