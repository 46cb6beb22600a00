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
    private const string MinuteReset = "61s";

    private static readonly Names OfRequests = new("requests");
    private static readonly Names OfTokens = new("tokens");

    /// <summary>Adds the headers just before the answer begins, where the key has limits.</summary>
    public static void Promise(Exchange exchange, TimeProvider time)
    {
        if (!exchange.Caller.Limits.IsUnlimited)
            exchange.Response.OnStarting(WriteAsync, (exchange, time));
    }

    private static Task WriteAsync(object state)
    {
        var (exchange, time) = ((Exchange, TimeProvider))state;
        if (exchange.Meter.Reservation is { } reservation)
        {
            Write(exchange.Response.Headers, OfRequests, reservation.Requests, time);
            Write(exchange.Response.Headers, OfTokens, reservation.Tokens, time);
        }
        return Task.CompletedTask;
    }

    private static void Write(IHeaderDictionary headers, Names names, LimitStanding? standing, TimeProvider time)
    {
        if (standing is not { } known)
            return;
        headers[names.Limit] = ((long)known.Limit.Amount).ToString(CultureInfo.InvariantCulture);
        headers[names.Remaining] = known.Remaining.ToString(CultureInfo.InvariantCulture);
        headers[names.Reset] =
            known.Limit.Window == LimitWindow.Minute
                ? MinuteReset
                : SecondsToReset(known.Limit.Window, time.GetUtcNow()).ToString(CultureInfo.InvariantCulture) + "s";
    }

    private static long SecondsToReset(LimitWindow window, DateTimeOffset now) =>
        (long)Math.Ceiling((LimitPeriod.StartOf(window, LimitPeriod.NumberOf(window, now) + 1) - now).TotalSeconds);

    private sealed class Names(string unit)
    {
        public string Limit { get; } = $"x-ratelimit-limit-{unit}";

        public string Remaining { get; } = $"x-ratelimit-remaining-{unit}";

        public string Reset { get; } = $"x-ratelimit-reset-{unit}";
    }
}
