using System.Globalization;
using System.Net.Http.Headers;

namespace GroqKit.Http;

/// <summary>How long the server asks to wait: <c>retry-after-ms</c>, else <c>retry-after</c> in seconds or as a date.</summary>
internal static class RetryAfter
{
    private static readonly double LongestSeconds = TimeSpan.FromDays(3650).TotalSeconds;

    /// <summary>Null when nothing usable was said. A date in the past is zero; an absurd figure is ten years.</summary>
    public static TimeSpan? From(HttpResponseHeaders headers, TimeProvider time)
    {
        if (Seconds(headers.First("retry-after-ms")) is { } milliseconds)
            return Bounded(milliseconds / 1000);
        string? value = headers.First("retry-after");
        if (Seconds(value) is { } seconds)
            return Bounded(seconds);
        if (
            !DateTimeOffset.TryParseExact(
                value,
                "r",
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out DateTimeOffset date
            )
        )
        {
            return null;
        }
        return Bounded(Math.Max(0, (date - time.GetUtcNow()).TotalSeconds));
    }

    private static double? Seconds(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value >= 0
            ? value
            : null;

    private static TimeSpan Bounded(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, LongestSeconds));
}
