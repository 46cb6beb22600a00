using System.Text.Json;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>A number within the bounds of a schema.</summary>
internal static class NumberSample
{
    private const int UsualSpan = 100;
    private const int MostChoices = 10_000;

    // Beyond it a decimal has no room left for the steps.
    private const decimal Farthest = 1_000_000_000_000_000m;

    /// <summary>Whether any number lies within the bounds.</summary>
    public static bool IsPossible(JsonElement schema, bool wholeOnly)
    {
        decimal step = Step(schema, wholeOnly);
        bool isFree = Bound(schema, "multipleOf") is null && !wholeOnly;
        if (!isFree)
            return !(First(schema, step) > Last(schema, step));
        bool mayTouch = Bound(schema, "exclusiveMinimum") is null && Bound(schema, "exclusiveMaximum") is null;
        decimal? low = Larger(Bound(schema, "minimum"), Bound(schema, "exclusiveMinimum"));
        decimal? high = Smaller(Bound(schema, "maximum"), Bound(schema, "exclusiveMaximum"));
        return !(low > high) && (mayTouch || low != high || low is null);
    }

    public static decimal Value(JsonElement schema, bool wholeOnly, Dice dice)
    {
        decimal step = Step(schema, wholeOnly);
        decimal? low = First(schema, step);
        decimal? high = Last(schema, step);
        bool isFree = Bound(schema, "multipleOf") is null && !wholeOnly;
        if (low > high && isFree && Between(schema) is { } middle)
            return middle;
        decimal first = low ?? (high < 0 ? high.Value - UsualSpan : 0);
        decimal last = high ?? first + UsualSpan / Math.Min(step, 1);
        int choices = (int)Math.Clamp(last - first + 1, 1, MostChoices);
        return (first + dice.Roll(choices)) * step;
    }

    /// <summary>The grid on which the number lies.</summary>
    private static decimal Step(JsonElement schema, bool wholeOnly)
    {
        if (Bound(schema, "multipleOf") is not { } multiple || multiple < 0.000_001m)
            return wholeOnly ? 1 : 0.01m;
        decimal step = multiple;
        // A whole multiple of 0.4 is a multiple of 2.
        for (int i = 2; wholeOnly && step != Math.Floor(step) && i <= MostChoices; i++)
            step = multiple * i;
        return step;
    }

    /// <summary>The first multiple of the step that is high enough; null without a bound.</summary>
    private static decimal? First(JsonElement schema, decimal step)
    {
        decimal? inclusive = Bound(schema, "minimum") is { } low ? Math.Ceiling(low / step) : null;
        decimal? exclusive = Bound(schema, "exclusiveMinimum") is { } under ? Math.Floor(under / step) + 1 : null;
        return Larger(inclusive, exclusive);
    }

    private static decimal? Last(JsonElement schema, decimal step)
    {
        decimal? inclusive = Bound(schema, "maximum") is { } high ? Math.Floor(high / step) : null;
        decimal? exclusive = Bound(schema, "exclusiveMaximum") is { } over ? Math.Ceiling(over / step) - 1 : null;
        return Smaller(inclusive, exclusive);
    }

    private static decimal? Larger(decimal? one, decimal? other) => one > other ? one : other ?? one;

    private static decimal? Smaller(decimal? one, decimal? other) => one < other ? one : other ?? one;

    /// <summary>The middle of bounds so narrow that no step falls between them.</summary>
    private static decimal? Between(JsonElement schema)
    {
        decimal? low = Bound(schema, "minimum") ?? Bound(schema, "exclusiveMinimum");
        decimal? high = Bound(schema, "maximum") ?? Bound(schema, "exclusiveMaximum");
        return low <= high ? (low + high) / 2 : null;
    }

    private static decimal? Bound(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is JsonValueKind.Number
        && value.TryGetDecimal(out decimal bound)
            ? Math.Clamp(bound, -Farthest, Farthest)
            : null;
}
