using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>Makes one schema of several that must all hold: properties and required names are united, the narrower bound wins.</summary>
internal static class SchemaMerge
{
    private static readonly string[] LowerBounds =
    [
        "minimum",
        "exclusiveMinimum",
        "minLength",
        "minItems",
        "minProperties",
    ];

    private static readonly string[] UpperBounds =
    [
        "maximum",
        "exclusiveMaximum",
        "maxLength",
        "maxItems",
        "maxProperties",
    ];

    /// <param name="parts">Objects; anything else says nothing.</param>
    /// <param name="without">Keywords that the parts were made from and that must not come back.</param>
    public static JsonElement Of(IEnumerable<JsonElement> parts, params ReadOnlySpan<string> without)
    {
        var merged = new JsonObject();
        foreach (JsonElement part in parts)
        {
            if (part.ValueKind is not JsonValueKind.Object)
                continue;
            foreach (JsonProperty keyword in part.EnumerateObject())
            {
                if (!without.Contains(keyword.Name))
                    merged[keyword.Name] = Both(
                        keyword.Name,
                        merged[keyword.Name],
                        JsonNode.Parse(keyword.Value.GetRawText())
                    );
            }
        }

        return JsonElement.Parse(merged.ToJsonString());
    }

    private static JsonNode? Both(string keyword, JsonNode? one, JsonNode? other) =>
        (keyword, one, other) switch
        {
            (_, null, _) => other,
            ("properties" or "$defs", JsonObject, JsonObject) => Properties(one.AsObject(), other.AsObject()),
            ("required", JsonArray, JsonArray) => new JsonArray([
                .. one.AsArray().Concat(other.AsArray()).Select(name => name?.DeepClone()),
            ]),
            ("enum", JsonArray, JsonArray) => new JsonArray([
                .. one.AsArray()
                    .Where(value => other.AsArray().Any(same => JsonNode.DeepEquals(value, same)))
                    .Select(value => value?.DeepClone()),
            ]),
            (_, JsonValue, JsonValue) when LowerBounds.Contains(keyword) => Number(other) > Number(one)
                ? other
                : one.DeepClone(),
            (_, JsonValue, JsonValue) when UpperBounds.Contains(keyword) => Number(other) < Number(one)
                ? other
                : one.DeepClone(),
            // What must hold in both cannot hold less than a refusal in either.
            ("additionalProperties", JsonValue, JsonObject) => one.DeepClone(),
            _ => other,
        };

    private static JsonObject Properties(JsonObject one, JsonObject other)
    {
        var all = (JsonObject)one.DeepClone();
        foreach ((string name, JsonNode? schema) in other)
        {
            all[name] =
                all[name] is JsonObject earlier && schema is JsonObject
                    ? new JsonObject { ["allOf"] = new JsonArray(earlier.DeepClone(), schema.DeepClone()) }
                    : schema?.DeepClone();
        }

        return all;
    }

    private static double Number(JsonNode? value) =>
        value is JsonValue number && number.TryGetValue(out double amount) ? amount : 0;
}
