using System.Globalization;

namespace GroqKit.Gateway.Api.OpenAi;

/// <summary>Tells the caller what the call cost, in US dollars, where that is known before the answer leaves.</summary>
internal static class CostHeader
{
    private const int MaxDecimals = 12;
    private const int LongestText = 32;

    public static void Tell(HttpResponse response, decimal? cost)
    {
        if (cost is { } known)
            response.Headers[GatewayHeaders.Cost] = TextOf(known);
    }

    /// <summary>The amount with up to 12 decimals and no zeros behind them. Written by hand: a custom format costs several times that.</summary>
    internal static string TextOf(decimal cost)
    {
        if (cost.Scale > MaxDecimals)
            cost = decimal.Round(cost, MaxDecimals, MidpointRounding.AwayFromZero);
        Span<char> text = stackalloc char[LongestText];
        cost.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
        ReadOnlySpan<char> written = text[..length];
        return (cost.Scale == 0 ? written : written.TrimEnd('0').TrimEnd('.')).ToString();
    }
}
