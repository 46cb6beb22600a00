using System.Text.Json;

namespace GroqKit.TestKit.Contract;

public sealed partial class JsonSchemaValidator
{
    private static bool CheckType(JsonElement schema, JsonElement value, string path, List<SchemaError> errors)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
            return true;
        string[] allowed =
            type.ValueKind is JsonValueKind.Array
                ? [.. type.EnumerateArray().Select(item => item.GetString()!)]
                : [type.GetString()!];
        if (allowed.Any(name => IsOfType(name, value)))
            return true;
        errors.Add(new SchemaError(path, $"{Show(value)} is not of type {string.Join(" or ", allowed)}"));
        return false;
    }

    private static bool IsOfType(string name, JsonElement value) =>
        name switch
        {
            "null" => value.ValueKind is JsonValueKind.Null,
            "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
            "string" => value.ValueKind is JsonValueKind.String,
            "number" => value.ValueKind is JsonValueKind.Number,
            // 1.0 is an integer: JSON has one kind of number.
            "integer" => value.ValueKind is JsonValueKind.Number && double.IsInteger(value.GetDouble()),
            "array" => value.ValueKind is JsonValueKind.Array,
            "object" => value.ValueKind is JsonValueKind.Object,
            _ => throw new InvalidDataException($"'{name}' is not a type."),
        };

    private static void CheckLiteral(JsonElement schema, JsonElement value, string path, List<SchemaError> errors)
    {
        if (
            schema.TryGetProperty("enum", out JsonElement options)
            && !options.EnumerateArray().Any(option => JsonElement.DeepEquals(option, value))
        )
            errors.Add(new SchemaError(path, $"{Show(value)} is not one of {Show(options)}"));
        if (schema.TryGetProperty("const", out JsonElement only) && !JsonElement.DeepEquals(only, value))
            errors.Add(new SchemaError(path, $"{Show(value)} is not {Show(only)}"));
    }

    private static void CheckString(JsonElement schema, string value, string path, List<SchemaError> errors)
    {
        CheckSize(schema, "minLength", "maxLength", value.EnumerateRunes().Count(), "characters", path, errors);
        if (schema.TryGetProperty("pattern", out JsonElement pattern))
        {
            if (!EcmaPattern.Of(pattern.GetString()!).IsMatch(value))
                errors.Add(new SchemaError(path, $"does not match {pattern.GetString()}"));
        }
        if (schema.TryGetProperty("format", out JsonElement format) && !StringFormat.Fits(format.GetString()!, value))
            errors.Add(new SchemaError(path, $"'{value}' is not a {format.GetString()}"));
    }

    private static void CheckNumber(JsonElement schema, JsonElement value, string path, List<SchemaError> errors)
    {
        if (Limit(schema, "minimum") is { } minimum)
        {
            bool open = IsTrue(schema, "exclusiveMinimum");
            if (Compare(value, minimum) is var order && (order < 0 || (open && order == 0)))
                errors.Add(new SchemaError(path, $"{Show(value)} is {(open ? "not above" : "below")} {minimum}"));
        }
        if (Limit(schema, "maximum") is { } maximum)
        {
            bool open = IsTrue(schema, "exclusiveMaximum");
            if (Compare(value, maximum) is var order && (order > 0 || (open && order == 0)))
                errors.Add(new SchemaError(path, $"{Show(value)} is {(open ? "not below" : "above")} {maximum}"));
        }
        if (Limit(schema, "exclusiveMinimum") is { } above && Compare(value, above) <= 0)
            errors.Add(new SchemaError(path, $"{Show(value)} is not above {above}"));
        if (Limit(schema, "exclusiveMaximum") is { } below && Compare(value, below) >= 0)
            errors.Add(new SchemaError(path, $"{Show(value)} is not below {below}"));
        if (Limit(schema, "multipleOf") is { } step && !IsMultiple(value, step))
            errors.Add(new SchemaError(path, $"{Show(value)} is not a multiple of {step}"));
    }

    private static JsonElement? Limit(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement limit) && limit.ValueKind is JsonValueKind.Number ? limit : null;

    // Decimals keep 0.1 exact; what is too large for them is compared as a double.
    private static int Compare(JsonElement left, JsonElement right) =>
        left.TryGetDecimal(out decimal a) && right.TryGetDecimal(out decimal b)
            ? a.CompareTo(b)
            : left.GetDouble().CompareTo(right.GetDouble());

    private static bool IsMultiple(JsonElement value, JsonElement step) =>
        value.TryGetDecimal(out decimal a) && step.TryGetDecimal(out decimal b)
            ? a % b == 0
            : Math.IEEERemainder(value.GetDouble(), step.GetDouble()) == 0;

    private static void CheckSize(
        JsonElement schema,
        string atLeast,
        string atMost,
        int size,
        string unit,
        string path,
        List<SchemaError> errors
    )
    {
        if (Limit(schema, atLeast) is { } low && size < low.GetDouble())
            errors.Add(new SchemaError(path, $"has {size} {unit}, fewer than {low}"));
        if (Limit(schema, atMost) is { } high && size > high.GetDouble())
            errors.Add(new SchemaError(path, $"has {size} {unit}, more than {high}"));
    }

    private static string Show(JsonElement value)
    {
        string text = value.GetRawText();
        return text.Length <= 120 ? text : $"{text[..117]}...";
    }
}
