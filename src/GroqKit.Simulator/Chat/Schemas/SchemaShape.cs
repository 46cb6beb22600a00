using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>Reads what a schema says about itself.</summary>
internal static class SchemaShape
{
    private const int LongestChain = 32;
    private const int Heaviest = 1_000;

    /// <summary>Follows <c>$ref</c> within the document and folds <c>allOf</c> into one schema.</summary>
    public static JsonElement Resolve(JsonElement root, JsonElement schema)
    {
        for (int i = 0; i < LongestChain && schema.TryGetProperty("$ref"u8, out JsonElement reference); i++)
        {
            JsonElement target = Find(root, reference.ToString());
            if (target.ValueKind is not JsonValueKind.Object)
                return schema;
            schema = target;
        }

        return schema.TryGetProperty("allOf"u8, out JsonElement all) && all.ValueKind is JsonValueKind.Array
            ? Merge(root, schema, all)
            : schema;
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

    public static bool IsNull(JsonElement schema) => Texts(schema, "type") is ["null"];

    /// <summary>How far a way leads on: null and plain values little, objects by what they require, references most.</summary>
    public static int Weight(JsonElement root, JsonElement schema, int depth = 0)
    {
        if (depth > 6)
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
                JsonValueKind.Array when int.TryParse(name, out int index) && index < at.GetArrayLength() => (
                    at = at[index]
                ).ValueKind
                    is not JsonValueKind.Undefined,
                _ => false,
            };
            if (!found)
                return default;
        }

        return at;
    }

    private static JsonElement Merge(JsonElement root, JsonElement schema, JsonElement parts)
    {
        var merged = new JsonObject();
        var properties = new JsonObject();
        var required = new JsonArray();
        foreach (JsonElement part in parts.EnumerateArray().Select(part => Resolve(root, part)).Append(schema))
        {
            if (part.ValueKind is not JsonValueKind.Object)
                continue;
            foreach (JsonProperty keyword in part.EnumerateObject())
            {
                if (keyword.Name is "properties" && keyword.Value.ValueKind is JsonValueKind.Object)
                {
                    foreach (JsonProperty property in keyword.Value.EnumerateObject())
                        properties[property.Name] = JsonNode.Parse(property.Value.GetRawText());
                }
                else if (keyword.Name is "required")
                {
                    foreach (string name in Texts(part, "required"))
                        required.Add((JsonNode)JsonValue.Create(name)!);
                }
                else if (keyword.Name is not "allOf")
                {
                    merged[keyword.Name] = JsonNode.Parse(keyword.Value.GetRawText());
                }
            }
        }

        if (properties.Count > 0)
            merged["properties"] = properties;
        if (required.Count > 0)
            merged["required"] = required;
        using var document = JsonDocument.Parse(merged.ToJsonString());
        return document.RootElement.Clone();
    }
}
