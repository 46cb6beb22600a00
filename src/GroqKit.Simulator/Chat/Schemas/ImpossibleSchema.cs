using System.Text.Json;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>
/// Finds schemas that no value satisfies, such as an integer between 1.2 and 1.8: bounds that leave nothing, choices that are
/// none, and objects or arrays that must hold something impossible.
/// </summary>
internal sealed class ImpossibleSchema
{
    private const int MostSteps = 300;

    private readonly JsonElement _root;
    private int _left = MostSteps;

    private ImpossibleSchema(JsonElement root) => _root = root;

    /// <exception cref="Errors.ApiException">There is no such value; the error names the place and the reason.</exception>
    public static void Check(Field schema)
    {
        if (new ImpossibleSchema(schema.Value).Reason(schema.Value, schema.Path) is { } reason)
            throw schema.Error($"invalid JSON schema: {reason}");
    }

    /// <summary>Whether a value of the schema can be made.</summary>
    public static bool IsImpossible(JsonElement root, JsonElement schema) =>
        new ImpossibleSchema(root).Reason(schema, "") is not null;

    /// <summary>Whether a value of that type satisfies the schema's bounds.</summary>
    public static bool CanBe(JsonElement root, JsonElement schema, string type) =>
        new ImpossibleSchema(root).OfType(schema, type, "") is null;

    private string? Reason(JsonElement schema, string path)
    {
        if (schema.ValueKind is JsonValueKind.False)
            return $"{path} is false, which nothing satisfies";
        // What recurs, or is too wide to look through, shows when an answer is made.
        if (schema.ValueKind is not JsonValueKind.Object || _left-- <= 0)
            return null;
        schema = SchemaShape.Resolve(_root, schema);
        if (schema.TryGetProperty("const"u8, out _))
            return null;
        if (schema.TryGetProperty("enum"u8, out JsonElement choices) && choices.ValueKind is JsonValueKind.Array)
            return choices.GetArrayLength() > 0 ? null : $"{path}.enum has no values to choose from";
        if (SchemaShape.Alternatives(schema) is { } ways)
            return OfWays(schema, ways, path);
        IReadOnlyList<string> types = SchemaShape.Texts(schema, "type");
        if (types.Count == 0)
            return OfType(schema, SchemaShape.TypeOf(schema, preferNull: false), path);
        string?[] reasons = [.. types.Select(type => OfType(schema, type, path))];
        return Array.Exists(reasons, reason => reason is null) ? null : reasons[0];
    }

    private string? OfWays(JsonElement schema, JsonElement ways, string path)
    {
        string? first = null;
        int index = 0;
        foreach (JsonElement way in ways.EnumerateArray())
        {
            JsonElement narrowed =
                way.ValueKind is JsonValueKind.Object
                    ? SchemaMerge.Of([SchemaMerge.Of([schema], "anyOf", "oneOf"), SchemaShape.Resolve(_root, way)])
                    : way;
            string? reason = Reason(narrowed, $"{path}.anyOf[{index++}]");
            if (reason is null)
                return null;
            first ??= reason;
        }

        return first ?? $"{path} offers no way at all";
    }

    private string? OfType(JsonElement schema, string type, string path) =>
        type switch
        {
            "integer" => NumberSample.IsPossible(schema, wholeOnly: true) ? null : $"no integer is within {path}",
            "number" => NumberSample.IsPossible(schema, wholeOnly: false) ? null : $"no number is within {path}",
            "string" => Bounds(schema, path, "minLength", "maxLength"),
            "array" => Bounds(schema, path, "minItems", "maxItems") ?? OfItems(schema, path),
            "object" => Bounds(schema, path, "minProperties", "maxProperties") ?? OfProperties(schema, path),
            _ => null,
        };

    private static string? Bounds(JsonElement schema, string path, string least, string most) =>
        SchemaShape.Integer(schema, least) > SchemaShape.Integer(schema, most)
            ? $"{path}.{least} is above {most}"
            : null;

    private string? OfItems(JsonElement schema, string path)
    {
        int leading = SchemaShape.LeadingItems(schema).Length;
        return SchemaShape.Integer(schema, "minItems") > leading
            ? Reason(SchemaShape.FurtherItems(schema), $"{path}.items")
            : null;
    }

    private string? OfProperties(JsonElement schema, string path)
    {
        if (
            !schema.TryGetProperty("properties"u8, out JsonElement properties)
            || properties.ValueKind is not JsonValueKind.Object
        )
            return null;
        foreach (string name in SchemaShape.Texts(schema, "required"))
        {
            if (
                properties.TryGetProperty(name, out JsonElement property)
                && Reason(property, $"{path}.properties.{name}") is { } reason
            )
                return reason;
        }

        return null;
    }
}
