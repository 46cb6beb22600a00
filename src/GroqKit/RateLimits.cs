using System.Globalization;
using System.Net.Http.Headers;
using GroqKit.Http;

namespace GroqKit;

/// <summary>
/// The rate-limit headers of one answer. Requests are counted per day, tokens per minute, audio seconds per hour, each per organisation and
/// model. What the answer did not say is null.
/// </summary>
public sealed record RateLimits
{
    /// <summary>No header was sent.</summary>
    public static RateLimits None { get; } = new();

    /// <summary>Requests allowed per day.</summary>
    public long? LimitRequests { get; init; }

    /// <summary>Tokens allowed per minute.</summary>
    public long? LimitTokens { get; init; }

    /// <summary>Seconds of audio allowed per hour.</summary>
    public double? LimitAudioSeconds { get; init; }

    /// <summary>Requests left.</summary>
    public long? RemainingRequests { get; init; }

    /// <summary>Tokens left.</summary>
    public long? RemainingTokens { get; init; }

    /// <summary>Seconds of audio left.</summary>
    public double? RemainingAudioSeconds { get; init; }

    /// <summary>Time until all requests are there again.</summary>
    public TimeSpan? ResetRequests { get; init; }

    /// <summary>Time until all tokens are there again.</summary>
    public TimeSpan? ResetTokens { get; init; }

    /// <summary>Time until all seconds of audio are there again.</summary>
    public TimeSpan? ResetAudioSeconds { get; init; }

    internal static RateLimits From(HttpResponseHeaders headers) =>
        new()
        {
            LimitRequests = Count(headers, "x-ratelimit-limit-requests"),
            LimitTokens = Count(headers, "x-ratelimit-limit-tokens"),
            LimitAudioSeconds = Amount(headers, "x-ratelimit-limit-audio-seconds"),
            RemainingRequests = Count(headers, "x-ratelimit-remaining-requests"),
            RemainingTokens = Count(headers, "x-ratelimit-remaining-tokens"),
            RemainingAudioSeconds = Amount(headers, "x-ratelimit-remaining-audio-seconds"),
            ResetRequests = Duration(headers, "x-ratelimit-reset-requests"),
            ResetTokens = Duration(headers, "x-ratelimit-reset-tokens"),
            ResetAudioSeconds = Duration(headers, "x-ratelimit-reset-audio-seconds"),
        };

    private static long? Count(HttpResponseHeaders headers, string name) =>
        long.TryParse(headers.First(name), NumberStyles.None, CultureInfo.InvariantCulture, out long count)
            ? count
            : null;

    private static double? Amount(HttpResponseHeaders headers, string name) =>
        double.TryParse(
            headers.First(name),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out double amount
        )
            ? amount
            : null;

    private static TimeSpan? Duration(HttpResponseHeaders headers, string name) =>
        GoDuration.TryParse(headers.First(name), out TimeSpan duration) ? duration : null;
}
