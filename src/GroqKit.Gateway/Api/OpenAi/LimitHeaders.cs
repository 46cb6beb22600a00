using System.Globalization;
using GroqKit.Gateway.Services.Limits;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>
/// Tells callers how their own key stands, in the headers that clients of OpenAI and Groq read. What the provider says of its account
/// is nobody's but the operator's.
/// </summary>
internal static class LimitHeaders
{
    // A call counts for 60 seconds and the rest of the second that it came in.
    private const int MinuteSeconds = 61;

    /// <summary>Adds the headers just before the answer begins, where the key has limits.</summary>
    public static void Promise(Exchange exchange, TimeProvider time)
    {
        if (exchange.Caller.Limits.IsUnlimited)
            return;
        exchange.Response.OnStarting(() =>
        {
            if (exchange.Meter.Reservation is { } reservation)
            {
                Write(exchange.Response.Headers, "requests", reservation.Requests, time);
                Write(exchange.Response.Headers, "tokens", reservation.Tokens, time);
            }
            return Task.CompletedTask;
        });
    }

    private static void Write(IHeaderDictionary headers, string unit, LimitStanding? standing, TimeProvider time)
    {
        if (standing is not { } known)
            return;
        headers[$"x-ratelimit-limit-{unit}"] = known.Limit.Amount.ToString("0", CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-remaining-{unit}"] = known.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[$"x-ratelimit-reset-{unit}"] = string.Create(
            CultureInfo.InvariantCulture,
            $"{SecondsToReset(known.Limit.Window, time.GetUtcNow())}s"
        );
    }

    private static long SecondsToReset(LimitWindow window, DateTimeOffset now) =>
        window == LimitWindow.Minute
            ? MinuteSeconds
            : (long)
                Math.Ceiling((LimitPeriod.StartOf(window, LimitPeriod.NumberOf(window, now) + 1) - now).TotalSeconds);
}
