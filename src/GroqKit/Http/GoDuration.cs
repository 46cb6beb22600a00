using System.Globalization;

namespace GroqKit.Http;

/// <summary>
/// Reads durations as Go prints them: <c>2m59.56s</c>, <c>400ms</c>, <c>12h30m0s</c>; also without seconds (<c>9m</c>). Finer than a tick is
/// cut off.
/// </summary>
internal static class GoDuration
{
    private static readonly double LongestSeconds = TimeSpan.MaxValue.TotalSeconds;

    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        if (text.IsEmpty)
            return false;
        double seconds = 0;
        while (!text.IsEmpty)
        {
            int digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits >= 0 && text[digits] == '.')
            {
                int fraction = text[(digits + 1)..].IndexOfAnyExceptInRange('0', '9');
                digits = fraction < 0 ? -1 : digits + 1 + fraction;
            }
            if (digits <= 0 || !TryNumber(text[..digits], out double number))
                return false;
            text = text[digits..];
            int letters = UnitLength(text);
            if (!TryUnit(text[..letters], out double unit))
                return false;
            seconds += number * unit;
            text = text[letters..];
        }
        if (seconds >= LongestSeconds)
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<char> text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    private static int UnitLength(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyInRange('0', '9');
        return end < 0 ? text.Length : end;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out double seconds)
    {
        seconds = text switch
        {
            "h" => 3600,
            "m" => 60,
            "s" => 1,
            "ms" => 1e-3,
            "µs" or "μs" or "us" => 1e-6,
            "ns" => 1e-9,
            _ => 0,
        };
        return seconds > 0;
    }
}
