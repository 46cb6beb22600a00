namespace GroqKit.Gateway.Services.Limits;

/// <summary>Calendar windows in UTC, numbered: days since 1970 and months since the year 0.</summary>
internal static class LimitPeriod
{
    public static long NumberOf(LimitWindow window, DateTimeOffset now) =>
        window == LimitWindow.Month
            ? now.UtcDateTime.Year * 12L + now.UtcDateTime.Month - 1
            : now.ToUnixTimeSeconds() / 86_400;

    public static DateTimeOffset StartOf(LimitWindow window, long number) =>
        window == LimitWindow.Month
            ? new DateTimeOffset((int)(number / 12), (int)(number % 12) + 1, 1, 0, 0, 0, TimeSpan.Zero)
            : DateTimeOffset.FromUnixTimeSeconds(number * 86_400);
}
