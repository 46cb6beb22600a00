using System.Globalization;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Pacing;

namespace GroqKit.Simulator.Http;

/// <summary>The headers with which a request sets the speed and length of its own answer.</summary>
internal static class SimHeaders
{
    private const string FirstToken = "x-sim-first-token-ms";
    private const string TokensPerSecond = "x-sim-tokens-per-second";
    private const string Tokens = "x-sim-tokens";
    private const int MostTokens = 1_000_000;

    /// <exception cref="ApiException">A header is not a number in its range.</exception>
    public static Speed Speed(IHeaderDictionary headers, Speed usual)
    {
        double? first = Number(headers, FirstToken, 0, 3_600_000);
        if (first is not null)
            usual = usual with { FirstToken = TimeSpan.FromMilliseconds(first.Value) };
        double? rate = Number(headers, TokensPerSecond, 0, 1_000_000);
        if (rate is not null)
            usual = usual with { TokensPerSecond = rate is 0 ? null : rate };
        return usual;
    }

    /// <summary>How many tokens of text the answer shall have; null leaves it to the answer.</summary>
    /// <exception cref="ApiException">The header is not a whole number from 1 to 1,000,000.</exception>
    public static int? AnswerTokens(IHeaderDictionary headers)
    {
        double? tokens = Number(headers, Tokens, 1, MostTokens);
        if (tokens is { } count && count != Math.Floor(count))
            throw new ApiException(ApiErrors.Invalid($"{Tokens} must be a whole number", Tokens));
        return (int?)tokens;
    }

    private static double? Number(IHeaderDictionary headers, string name, double min, double max)
    {
        if (!headers.TryGetValue(name, out var text))
            return null;
        return
            double.TryParse(text.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && value >= min
            && value <= max
            ? value
            : throw new ApiException(ApiErrors.Invalid($"{name} must be a number from {min} to {max}", name));
    }
}
