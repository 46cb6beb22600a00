using System.Globalization;
using System.Text.RegularExpressions;
using GroqKit.Http;

namespace GroqKit.Resilience;

/// <summary>What the text of a 429 says: the only place where limits per minute of requests, and per day of tokens, are named.</summary>
/// <param name="Unit">What is limited.</param>
/// <param name="PeriodSeconds">Over which time.</param>
/// <param name="Limit">How much.</param>
/// <param name="Requested">How much the refused call needed.</param>
/// <param name="RetryIn">How long until that much is there; null when it was not said.</param>
internal sealed partial record RateRefusal(
    RateUnit Unit,
    double PeriodSeconds,
    double Limit,
    double Requested,
    TimeSpan? RetryIn
)
{
    /// <summary>Null when the text has another form.</summary>
    public static RateRefusal? TryParse(string? message)
    {
        if (message is null || Form().Match(message) is not { Success: true } match)
            return null;
        var (unit, period) = match.Groups["abbr"].ValueSpan switch
        {
            "RPM" => (RateUnit.Requests, 60),
            "RPD" => (RateUnit.Requests, 86_400),
            "TPM" or "ITPM" or "OTPM" => (RateUnit.Tokens, 60),
            "TPD" => (RateUnit.Tokens, 86_400),
            "ASPH" or "ASH" => (RateUnit.AudioSeconds, 3600),
            "ASPD" or "ASD" => (RateUnit.AudioSeconds, 86_400),
            _ => default,
        };
        double limit = Number(match.Groups["limit"].ValueSpan);
        if (period == 0 || !(limit > 0))
            return null;
        TimeSpan? wait = GoDuration.TryParse(match.Groups["wait"].ValueSpan, out TimeSpan duration) ? duration : null;
        return new(unit, period, limit, Number(match.Groups["requested"].ValueSpan), wait);
    }

    private static double Number(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : 0;

    [GeneratedRegex(
        @"\((?<abbr>[A-Z]{3,4})\): Limit (?<limit>[0-9.]+), Used [0-9.]+, Requested (?<requested>[0-9.]+)\.(?: Please try again in (?<wait>[0-9.hmsnuµμ]*s))?",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking
    )]
    private static partial Regex Form();
}
