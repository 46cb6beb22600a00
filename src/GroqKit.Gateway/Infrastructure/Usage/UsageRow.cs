using System.Data.Common;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>Reads a row that was selected with <see cref="UsageColumn.Names"/>.</summary>
internal static class UsageRow
{
    private static readonly Dictionary<string, int> Places = UsageColumn
        .All.Select((column, place) => (column.Name, place))
        .ToDictionary(column => column.Name, column => column.place, StringComparer.Ordinal);

    public static UsageRecord Read(DbDataReader row)
    {
        return new UsageRecord
        {
            RequestId = Text("request_id")!,
            StartedAt = DateTimeOffset.FromUnixTimeMilliseconds(Number("started_at")),
            Tenant = Text("tenant")!,
            KeyId = Text("key_id")!,
            Operation = Text("operation")!,
            Agent = Text("agent"),
            Conversation = Text("conversation"),
            EndUser = Text("end_user"),
            Provider = Text("provider"),
            Model = Text("model"),
            Streamed = Number("streamed") != 0,
            Outcome = (Outcome)Number("outcome"),
            Status = (int)Number("status"),
            Error = Text("error"),
            Fallback = Text("fallback"),
            FinishReason = Text("finish_reason"),
            Estimated = Number("estimated") != 0,
            Cached = Number("cached") != 0,
            Screening = Text("screening"),
            Usage = new TokenUsage(
                Number("prompt_tokens"),
                Number("completion_tokens"),
                Number("total_tokens"),
                Number("cached_tokens"),
                Number("reasoning_tokens")
            ),
            Speech = new SpeechUsage(
                Milliseconds("audio_in_ms"),
                Number("audio_in_bytes"),
                Number("characters"),
                Milliseconds("audio_out_ms")
            ),
            Cost = UsageColumn.Dollars(Maybe("cost_nano")),
            Duration = TimeSpan.FromMicroseconds(Number("latency_us")),
            FirstToken = Maybe("first_token_us") is { } first ? TimeSpan.FromMicroseconds(first) : null,
            Overhead = TimeSpan.FromMicroseconds(Number("overhead_us")),
        };

        string? Text(string column) => row.IsDBNull(Places[column]) ? null : row.GetString(Places[column]);

        long Number(string column) => row.GetInt64(Places[column]);

        long? Maybe(string column) => row.IsDBNull(Places[column]) ? null : row.GetInt64(Places[column]);

        TimeSpan? Milliseconds(string column) =>
            Maybe(column) is { } milliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
