using System.Text.Json;
using GroqKit.Simulator.Http;

namespace GroqKit.Simulator.Chat.Requests;

/// <summary>What <c>strict: true</c> demands of a schema: every object lists all its properties as required and allows no others.</summary>
internal static class StrictSchema
{
    private static readonly string[] Single = ["items", "additionalItems", "not", "contains"];
    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];
    private static readonly string[] Maps = ["$defs", "definitions", "properties"];

    public static void Check(Field schema)
    {
        if (!schema.IsObject)
            return;
        if (schema.Value.TryGetProperty("properties"u8, out JsonElement properties))
            CheckObject(schema, properties);
        foreach (Field keyword in schema.Properties())
        {
            if (Single.Contains(keyword.Name))
                Check(keyword);
            else if (Lists.Contains(keyword.Name) && keyword.IsArray)
                CheckAll(keyword.Items(0, int.MaxValue));
            else if (Maps.Contains(keyword.Name) && keyword.IsObject)
                CheckAll(keyword.Properties());
        }
    }

    private static void CheckAll(IEnumerable<Field> schemas)
    {
        foreach (Field schema in schemas)
            Check(schema);
    }

    private static void CheckObject(Field schema, JsonElement properties)
    {
        if (
            !schema.Value.TryGetProperty("additionalProperties"u8, out JsonElement additional)
            || additional.ValueKind is not JsonValueKind.False
        )
            throw schema.Error(
                $"invalid JSON schema: {schema.Path} must set additionalProperties to false in strict mode"
            );
        if (properties.ValueKind is not JsonValueKind.Object)
            return;
        HashSet<string> required =
            schema.Value.TryGetProperty("required"u8, out JsonElement names) && names.ValueKind is JsonValueKind.Array
                ? [.. names.EnumerateArray().Select(name => name.ToString())]
                : [];
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (!required.Contains(property.Name))
            {
                throw schema.Error(
                    $"invalid JSON schema: {schema.Path} must list '{property.Name}' in required in strict mode"
                );
            }
        }
    }
}
