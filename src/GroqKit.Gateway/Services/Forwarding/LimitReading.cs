using System.Globalization;
using System.Net.Http.Headers;
using GroqKit.Http;
using GroqKit.Resilience;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>What an answer's headers said of one of the provider's limits.</summary>
/// <param name="Unit">What it counts.</param>
/// <param name="Limit">The most that can be there.</param>
/// <param name="Remaining">What was there.</param>
/// <param name="FullIn">How long until all is there again.</param>
/// <param name="At">When it was said.</param>
internal sealed record LimitReading(RateUnit Unit, double Limit, double Remaining, TimeSpan FullIn, long At)
{
    private const string Prefix = "x-ratelimit-";

    private static readonly string[] RequestNames = Names("requests");
    private static readonly string[] TokenNames = Names("tokens");

    /// <returns>Null when the headers don't say.</returns>
    public static LimitReading? Find(HttpResponseHeaders headers, RateUnit unit, long now)
    {
        string[] names = unit is RateUnit.Requests ? RequestNames : TokenNames;
        return Number(headers, names[0]) is { } limit && Number(headers, names[1]) is { } remaining
            ? new LimitReading(unit, limit, remaining, Reset(headers, names[2]), now)
            : null;
    }

    /// <summary>What is there some time later if nothing more is taken: limits fill up evenly.</summary>
    public RateLimitState StateAfter(TimeSpan elapsed)
    {
        double share = elapsed < FullIn ? elapsed / FullIn : 1;
        double left = Remaining + ((Limit - Remaining) * share);
        return new RateLimitState(
            Unit,
            FullIn,
            RateSource.Headers,
            Limit,
            left,
            share < 1 ? FullIn - elapsed : TimeSpan.Zero
        );
    }

    private static string[] Names(string unit) =>
        [$"{Prefix}limit-{unit}", $"{Prefix}remaining-{unit}", $"{Prefix}reset-{unit}"];

    private static double? Number(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values)
        && double.TryParse(values.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private static TimeSpan Reset(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out HeaderStringValues values)
        && GoDuration.TryParse(values.ToString(), out TimeSpan reset)
            ? reset
            : TimeSpan.Zero;
}
