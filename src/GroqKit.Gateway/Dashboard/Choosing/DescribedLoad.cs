using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Dashboard.Own;
using GroqKit.Gateway.Dashboard.Rendering;

namespace GroqKit.Gateway.Dashboard.Choosing;

/// <summary>A load as somebody describes it, from the page's address.</summary>
/// <param name="Service">llm, stt or tts.</param>
/// <param name="Calls">A day.</param>
/// <param name="Amounts">What one call uses, by the estimate's own names.</param>
internal sealed record DescribedLoad(string Service, long Calls, IReadOnlyDictionary<string, long> Amounts)
{
    private const int Days = 30;
    private const long Most = 1_000_000_000;

    /// <summary>What can be described of a service, with what is usual.</summary>
    public static IReadOnlyList<(string Name, string Label, long Usual)> FieldsOf(string service) =>
        service switch
        {
            "stt" => [("audioSeconds", "Seconds of sound a call", 30)],
            "tts" => [("characters", "Characters a call", 300)],
            _ => [("promptTokens", "Tokens in a call", 800), ("completionTokens", "Tokens out a call", 250)],
        };

    public static DescribedLoad Of(Visit visit, string service) =>
        new(
            service,
            Number(visit.Query("calls"), 10_000),
            FieldsOf(service)
                .ToDictionary(
                    field => field.Name,
                    field => Number(visit.Query(field.Name), field.Usual),
                    StringComparer.Ordinal
                )
        );

    /// <summary>Asks the admin API's estimate for every alternative, the cheapest first and the unknown last.</summary>
    public async Task<IReadOnlyList<LoadEstimate>> CompareAsync(
        Visit visit,
        IEnumerable<(string Provider, string Model)> alternatives
    )
    {
        var found = new List<LoadEstimate>();
        foreach ((string provider, string model) in alternatives.Distinct())
        {
            var ask = new JsonObject { ["model"] = $"{provider}/{model}", ["service"] = Service };
            foreach ((string name, long amount) in Amounts)
                ask[name] = amount;
            OwnAnswer answer = await visit.AskAsync("/api/estimate", ask.ToJsonString());
            decimal? call =
                answer.IsSuccess && answer.Read().GetProperty("cost") is { ValueKind: JsonValueKind.Number } cost
                    ? cost.GetDecimal()
                    : null;
            found.Add(new LoadEstimate(provider, model, call, call * Calls * Days));
        }
        return [.. found.OrderBy(estimate => estimate.Month is null).ThenBy(estimate => estimate.Month)];
    }

    private static long Number(string? text, long usual) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number <= Most
            ? number
            : usual;
}
