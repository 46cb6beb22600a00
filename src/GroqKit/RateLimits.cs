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
    private const string Prefix = "x-ratelimit-";

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

    /// <summary>Goes once through all headers, which is cheaper than to look for nine of them.</summary>
    internal static RateLimits From(HttpResponseHeaders headers)
    {
        long? limitRequests = null;
        long? limitTokens = null;
        long? remainingRequests = null;
        long? remainingTokens = null;
        double? limitAudioSeconds = null;
        double? remainingAudioSeconds = null;
        TimeSpan? resetRequests = null;
        TimeSpan? resetTokens = null;
        TimeSpan? resetAudioSeconds = null;
        bool any = false;
        foreach (var (name, values) in headers.NonValidated)
        {
            if (!name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
                continue;
            any = true;
            string? value = values.First();
            ReadOnlySpan<char> figure = name.AsSpan(Prefix.Length);
            if (Is(figure, "limit-requests"))
                limitRequests = Count(value);
            else if (Is(figure, "limit-tokens"))
                limitTokens = Count(value);
            else if (Is(figure, "limit-audio-seconds"))
                limitAudioSeconds = Amount(value);
            else if (Is(figure, "remaining-requests"))
                remainingRequests = Count(value);
            else if (Is(figure, "remaining-tokens"))
                remainingTokens = Count(value);
            else if (Is(figure, "remaining-audio-seconds"))
                remainingAudioSeconds = Amount(value);
            else if (Is(figure, "reset-requests"))
                resetRequests = Duration(value);
            else if (Is(figure, "reset-tokens"))
                resetTokens = Duration(value);
            else if (Is(figure, "reset-audio-seconds"))
                resetAudioSeconds = Duration(value);
        }
        if (!any)
            return None;
        return new()
        {
            LimitRequests = limitRequests,
            LimitTokens = limitTokens,
            LimitAudioSeconds = limitAudioSeconds,
            RemainingRequests = remainingRequests,
            RemainingTokens = remainingTokens,
            RemainingAudioSeconds = remainingAudioSeconds,
            ResetRequests = resetRequests,
            ResetTokens = resetTokens,
            ResetAudioSeconds = resetAudioSeconds,
        };
    }

    private static bool Is(ReadOnlySpan<char> name, string known) =>
        name.Equals(known, StringComparison.OrdinalIgnoreCase);

    private static long? Count(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out long count) ? count : null;

    private static double? Amount(string? value) =>
        double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double amount)
            ? amount
            : null;

    private static TimeSpan? Duration(string? value) =>
        GoDuration.TryParse(value, out TimeSpan duration) ? duration : null;
}
