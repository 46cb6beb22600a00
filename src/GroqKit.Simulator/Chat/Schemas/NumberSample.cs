using System.Text.Json;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>A number within the bounds of a schema.</summary>
internal static class NumberSample
{
    private const int UsualSpan = 100;

    public static decimal Value(JsonElement schema, bool wholeOnly, Dice dice)
    {
        decimal step =
            Bound(schema, "multipleOf") is { } multiple and > 0 ? multiple
            : wholeOnly ? 1
            : 0.01m;
        if (wholeOnly && step < 1)
            step = 1;
        decimal? low = Lowest(schema, step);
        decimal? high = Highest(schema, step);
        decimal from = low ?? (high is { } top && top < 1 ? top - UsualSpan * step : 0);
        decimal to = high ?? from + UsualSpan;
        // Both ends on the grid, so that every roll is a multiple.
        decimal first = Math.Ceiling(from / step);
        decimal last = Math.Floor(to / step);
        int choices = (int)Math.Clamp(last - first + 1, 1, 10_000);
        return (first + dice.Roll(choices)) * step;
    }

    private static decimal? Lowest(JsonElement schema, decimal step)
    {
        decimal? inclusive = Bound(schema, "minimum");
        decimal? exclusive = Bound(schema, "exclusiveMinimum") is { } bound ? bound + step : null;
        return inclusive is { } one && exclusive is { } other ? Math.Max(one, other) : inclusive ?? exclusive;
    }

    private static decimal? Highest(JsonElement schema, decimal step)
    {
        decimal? inclusive = Bound(schema, "maximum");
        decimal? exclusive = Bound(schema, "exclusiveMaximum") is { } bound ? bound - step : null;
        return inclusive is { } one && exclusive is { } other ? Math.Min(one, other) : inclusive ?? exclusive;
    }

    private static decimal? Bound(JsonElement schema, string name) =>
        schema.ValueKind is JsonValueKind.Object
        && schema.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is JsonValueKind.Number
        && value.TryGetDecimal(out decimal bound)
            ? Math.Clamp(bound, -1_000_000_000_000m, 1_000_000_000_000m)
            : null;
}
