using System.Globalization;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Api.Admin.Usage;

/// <summary>The fields of reports, once for JSON and CSV. A value is a text, a number, true or false, or null.</summary>
internal static class UsageFields
{
    /// <summary>Of one call.</summary>
    public static IReadOnlyList<(string Name, Func<UsageRecord, object?> Value)> OfCall { get; } =
    [
        ("requestId", r => r.RequestId),
        ("startedAt", r => r.StartedAt.UtcDateTime.ToString(InstantConverter.Format, CultureInfo.InvariantCulture)),
        ("agent", r => r.Agent),
        ("key", r => r.KeyId),
        ("conversation", r => r.Conversation),
        ("endUser", r => r.EndUser),
        ("provider", r => r.Provider),
        ("model", r => r.Model),
        ("service", r => Operation.ServiceOf(r.Operation)),
        ("operation", r => r.Operation),
        ("streamed", r => r.Streamed),
        ("status", r => (long)r.Status),
        ("outcome", r => OutcomeNames.Of(r.Outcome)),
        ("error", r => r.Error),
        ("fallback", r => r.Fallback),
        ("finishReason", r => r.FinishReason),
        ("estimated", r => r.Estimated),
        ("cached", r => r.Cached),
        ("screening", r => r.Screening),
        ("promptTokens", r => r.Usage.Prompt),
        ("cachedTokens", r => r.Usage.Cached),
        ("completionTokens", r => r.Usage.Completion),
        ("reasoningTokens", r => r.Usage.Reasoning),
        ("totalTokens", r => r.Usage.Total),
        ("audioSeconds", r => Seconds(r.Speech.AudioIn)),
        ("audioBytes", r => r.Speech.AudioBytesIn),
        ("characters", r => r.Speech.Characters),
        ("audioSecondsOut", r => Seconds(r.Speech.AudioOut)),
        ("cost", r => r.Cost),
        ("latencyMs", r => Milliseconds(r.Duration)),
        ("firstTokenMs", r => Milliseconds(r.FirstToken)),
        ("overheadMs", r => Milliseconds(r.Overhead)),
    ];

    /// <summary>Of a sum, after what it is grouped by.</summary>
    public static IReadOnlyList<(string Name, Func<UsageSummary, object?> Value)> OfSum { get; } =
    [
        ("requests", s => s.Requests),
        ("refused", s => s.Refused),
        ("failed", s => s.Failed),
        ("estimated", s => s.Estimated),
        ("unpriced", s => s.Unpriced),
        ("promptTokens", s => s.Usage.Prompt),
        ("cachedTokens", s => s.Usage.Cached),
        ("completionTokens", s => s.Usage.Completion),
        ("reasoningTokens", s => s.Usage.Reasoning),
        ("totalTokens", s => s.Usage.Total),
        ("audioSeconds", s => s.AudioSeconds),
        ("audioBytes", s => s.AudioBytes),
        ("characters", s => s.Characters),
        ("audioSecondsOut", s => s.AudioSecondsOut),
        ("cost", s => s.Cost),
        ("latencyMs", s => Milliseconds(s.Latency)),
        ("firstTokenMs", s => Milliseconds(s.FirstToken)),
    ];

    /// <summary>The fields of a sum with its groups in front.</summary>
    public static IReadOnlyList<(string Name, Func<UsageSummary, object?> Value)> With(
        IReadOnlyList<UsageGroup> groups
    ) =>
        [
            .. groups.Select(
                (group, place) =>
                    (group.ToString().ToLowerInvariant(), (Func<UsageSummary, object?>)(s => s.Group[place]))
            ),
            .. OfSum,
        ];

    private static object? Seconds(TimeSpan? time) =>
        time is { } known ? (decimal)known.Ticks / TimeSpan.TicksPerSecond : null;

    private static object? Milliseconds(TimeSpan? time) =>
        time is { } known ? (decimal)known.Ticks / TimeSpan.TicksPerMillisecond : null;
}
