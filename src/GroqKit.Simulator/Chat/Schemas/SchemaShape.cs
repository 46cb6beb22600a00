using System.Text.Json;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>Reads what a schema says about itself.</summary>
internal static class SchemaShape
{
    private const int LongestChain = 32;
    private const int MostSteps = 500;
    private const int Heaviest = 1_000;
    private const int DeepestWeighed = 4;

    /// <summary>Follows <c>$ref</c> within the document and folds it and <c>allOf</c> into one schema with what stands beside them.</summary>
    public static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        // A few references that each name several others multiply without end worth waiting for.
        int left = MostSteps;
        return Resolve(root, schema, 0, ref left);
    }

    private static JsonElement Resolve(JsonElement root, JsonElement schema, int depth, ref int left)
    {
        if (schema.ValueKind is not JsonValueKind.Object || depth > LongestChain || left-- <= 0)
            return schema;
        if (schema.TryGetProperty("$ref"u8, out JsonElement reference))
        {
            JsonElement target = Resolve(root, Find(root, reference.ToString()), depth + 1, ref left);
            bool standsAlone = schema.GetPropertyCount() == 1;
            schema =
                standsAlone && target.ValueKind is JsonValueKind.Object
                    ? target
                    : SchemaMerge.Of([target, schema], "$ref");
        }

        if (!schema.TryGetProperty("allOf"u8, out JsonElement all) || all.ValueKind is not JsonValueKind.Array)
            return schema;
        List<JsonElement> parts = [];
        foreach (JsonElement part in all.EnumerateArray())
            parts.Add(Resolve(root, part, depth + 1, ref left));
        return Resolve(root, SchemaMerge.Of(parts.Append(schema), "allOf"), depth + 1, ref left);
    }

    /// <summary>The list of ways that <c>anyOf</c> or <c>oneOf</c> offers.</summary>
    public static JsonElement? Alternatives(JsonElement schema)
    {
        if (schema.TryGetProperty("anyOf"u8, out JsonElement any) && any.ValueKind is JsonValueKind.Array)
            return any;
        return schema.TryGetProperty("oneOf"u8, out JsonElement one) && one.ValueKind is JsonValueKind.Array
            ? one
            : null;
    }

    public static string TypeOf(JsonElement schema, bool preferNull)
    {
        string[] types = [.. Texts(schema, "type")];
        if (types.Length > 0)
        {
            bool endsHere = preferNull && types.Contains("null");
            return endsHere ? "null" : types.FirstOrDefault(type => type != "null", "null");
        }

        if (schema.TryGetProperty("properties"u8, out _) || schema.TryGetProperty("required"u8, out _))
            return "object";
        return schema.TryGetProperty("items"u8, out _) || schema.TryGetProperty("prefixItems"u8, out _)
            ? "array"
            : "string";
    }

    /// <summary>The schemas of the first items, one each: <c>prefixItems</c>, or <c>items</c> in the older form of a list.</summary>
    public static JsonElement[] LeadingItems(JsonElement schema)
    {
        if (schema.TryGetProperty("prefixItems"u8, out JsonElement prefix) && prefix.ValueKind is JsonValueKind.Array)
            return [.. prefix.EnumerateArray()];
        return schema.TryGetProperty("items"u8, out JsonElement items) && items.ValueKind is JsonValueKind.Array
            ? [.. items.EnumerateArray()]
            : [];
    }

    /// <summary>The schema of all further items; nothing when any may follow.</summary>
    public static JsonElement FurtherItems(JsonElement schema) =>
        schema.TryGetProperty("items"u8, out JsonElement items) && items.ValueKind is not JsonValueKind.Array ? items
        : schema.TryGetProperty("additionalItems"u8, out JsonElement more) ? more
        : default;

    public static bool IsNull(JsonElement schema) => Texts(schema, "type") is ["null"];

    /// <summary>How far a way leads on: null and plain values little, objects by what they require, references most.</summary>
    public static int Weight(JsonElement root, JsonElement schema, int depth = 0)
    {
        if (depth > DeepestWeighed)
            return Heaviest;
        if (schema.ValueKind is not JsonValueKind.Object || IsNull(schema))
            return 0;
        schema = Resolve(root, schema);
        if (Alternatives(schema) is { } ways)
            return ways.EnumerateArray().Select(way => Weight(root, way, depth + 1)).DefaultIfEmpty(0).Min();
        if (TypeOf(schema, preferNull: true) is not "object")
            return 1;
        int weight = 2;
        foreach (string name in Texts(schema, "required"))
        {
            // Wide and deep together would take for ever to add up, and heavy is heavy enough.
            if (weight >= Heaviest)
                break;
            if (
                schema.TryGetProperty("properties"u8, out JsonElement all)
                && all.TryGetProperty(name, out JsonElement property)
            )
                weight += Weight(root, property, depth + 1);
        }

        return Math.Min(Heaviest, weight);
    }

    public static IReadOnlyList<string> Texts(JsonElement schema, string name)
    {
        if (schema.ValueKind is not JsonValueKind.Object || !schema.TryGetProperty(name, out JsonElement value))
            return [];
        return value.ValueKind switch
        {
            JsonValueKind.String => [value.GetString()!],
            JsonValueKind.Array =>
            [
                .. value
                    .EnumerateArray()
                    .Where(item => item.ValueKind is JsonValueKind.String)
                    .Select(item => item.GetString()!),
            ],
            _ => [],
        };
    }

    public static int? Integer(JsonElement schema, string name) =>
        schema.ValueKind is JsonValueKind.Object
        && schema.TryGetProperty(name, out JsonElement value)
        && value.ValueKind is JsonValueKind.Number
        && value.TryGetInt32(out int number)
            ? number
            : null;

    private static JsonElement Find(JsonElement root, string reference)
    {
        if (!reference.StartsWith('#'))
            return default;
        JsonElement at = root;
        foreach (string part in reference[1..].Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            string name = Uri.UnescapeDataString(part)
                .Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            bool found = at.ValueKind switch
            {
                JsonValueKind.Object => at.TryGetProperty(name, out at),
                JsonValueKind.Array when uint.TryParse(name, out uint index) && index < at.GetArrayLength() => (
                    at = at[(int)index]
                ).ValueKind
                    is not JsonValueKind.Undefined,
                _ => false,
            };
            if (!found)
                return default;
        }

        return at;
    }
}
