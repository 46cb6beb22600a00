using System.Globalization;

namespace GroqKit.Gateway.Dashboard.Parts;

/// <summary>How amounts are written on pages.</summary>
internal static class Show
{
    private const string Nothing = "–";

    public static string Count(decimal number) =>
        number switch
        {
            >= 1_000_000_000 => Short(number / 1_000_000_000, "B"),
            >= 1_000_000 => Short(number / 1_000_000, "M"),
            >= 10_000 => Short(number / 1_000, "k"),
            _ => number.ToString("#,0.##", CultureInfo.InvariantCulture),
        };

    /// <summary>What isn't known is a dash: zero would read as free.</summary>
    public static string Money(decimal? dollars) =>
        dollars switch
        {
            null => Nothing,
            0 => "$0",
            >= 100 => dollars.Value.ToString("$#,0.00", CultureInfo.InvariantCulture),
            >= 0.01m => dollars.Value.ToString("$0.00##", CultureInfo.InvariantCulture),
            _ => Small(dollars.Value),
        };

    public static string Milliseconds(double? time) =>
        time switch
        {
            null => Nothing,
            >= 10_000 => (time.Value / 1000).ToString("0.0", CultureInfo.InvariantCulture) + " s",
            >= 1000 => (time.Value / 1000).ToString("0.00", CultureInfo.InvariantCulture) + " s",
            >= 10 => time.Value.ToString("0", CultureInfo.InvariantCulture) + " ms",
            _ => time.Value.ToString("0.0", CultureInfo.InvariantCulture) + " ms",
        };

    public static string Percent(double share) => share.ToString("0.##", CultureInfo.InvariantCulture) + " %";

    public static string Time(DateTimeOffset? at) =>
        at is { } known ? known.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) : Nothing;

    public static string Text(string? text) => string.IsNullOrEmpty(text) ? Nothing : text;

    /// <summary>A member's name as people write it: <c>firstTokenMs</c> is First token ms.</summary>
    public static string Words(string name)
    {
        string spaced = string.Concat(
            name.Select(letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}")
        );
        return char.ToUpperInvariant(spaced[0]) + spaced[1..];
    }

    // Four digits that count.
    private static string Small(decimal dollars)
    {
        int zeros = -(int)Math.Floor(Math.Log10((double)Math.Abs(dollars)));
        return Math.Round(dollars, Math.Min(zeros + 3, 28)).ToString("$0.############", CultureInfo.InvariantCulture);
    }

    private static string Short(decimal number, string unit) =>
        number.ToString(number >= 100 ? "0" : "0.0", CultureInfo.InvariantCulture) + " " + unit;
}
