using System.Globalization;

namespace GroqKit.Simulator.RateLimits;

/// <summary>Durations in the notation of Go's <c>time.Duration</c>, as Groq writes them: <c>1m26.4s</c>, <c>7.66s</c>, <c>400ms</c>, <c>0s</c>.</summary>
internal static class GoDuration
{
    public static string Format(TimeSpan duration)
    {
        if (duration <= TimeSpan.Zero)
            return "0s";
        // Go writes "µs" below a millisecond, which no header can carry; its parser reads "us" as well.
        if (duration < TimeSpan.FromMilliseconds(1))
            return Number(duration.TotalMicroseconds) + "us";
        if (duration < TimeSpan.FromSeconds(1))
            return Number(duration.TotalMilliseconds) + "ms";
        decimal seconds = duration.Ticks % TimeSpan.TicksPerMinute / (decimal)TimeSpan.TicksPerSecond;
        string rest = seconds.ToString("0.#######", CultureInfo.InvariantCulture) + "s";
        if (duration < TimeSpan.FromMinutes(1))
            return rest;
        string minutes = $"{duration.Minutes}m{rest}";
        return duration < TimeSpan.FromHours(1) ? minutes : $"{(long)duration.TotalHours}h{minutes}";
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
