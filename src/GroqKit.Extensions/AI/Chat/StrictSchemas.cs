using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.AI.Chat;

/// <summary>
/// Schemas under the rules of strict decoding: no further properties, all of them required, and what the decoder has no rule for moved into the
/// description, where the model reads it.
/// </summary>
internal static class StrictSchemas
{
    private static readonly string[] OnlyDescribed =
    [
        "contentEncoding",
        "contentMediaType",
        "default",
        "format",
        "maxItems",
        "maxLength",
        "maxProperties",
        "maximum",
        "exclusiveMaximum",
        "minItems",
        "minLength",
        "minProperties",
        "minimum",
        "exclusiveMinimum",
        "multipleOf",
        "not",
        "pattern",
        "patternProperties",
        "unevaluatedItems",
        "uniqueItems",
    ];

    private static readonly AIJsonSchemaTransformCache Cache = new(
        new AIJsonSchemaTransformOptions
        {
            ConvertBooleanSchemas = true,
            DisallowAdditionalProperties = true,
            RequireAllProperties = true,
            TransformSchemaNode = static (_, node) => Describe(node),
        }
    );

    /// <returns>Null when the schema has maps: closed, they could hold nothing, so that it can only be followed as well as the model can.</returns>
    public static JsonElement? For(AIFunctionDeclaration function) =>
        Closed(Cache.GetOrCreateTransformedSchema(function));

    /// <param name="format">Must have a schema.</param>
    /// <returns>Null when the schema has maps.</returns>
    public static JsonElement? For(ChatResponseFormatJson format) => Closed(Cache.GetOrCreateTransformedSchema(format));

    private static JsonElement? Closed(JsonElement? schema) => schema is { } known && !HasMap(known) ? known : null;

    private static bool HasMap(JsonElement schema) =>
        schema.ValueKind switch
        {
            JsonValueKind.Array => schema.EnumerateArray().Any(HasMap),
            JsonValueKind.Object => schema
                .EnumerateObject()
                .Any(keyword =>
                    keyword.Name switch
                    {
                        "additionalProperties" => keyword.Value.ValueKind == JsonValueKind.Object,
                        // Here the names are the caller's.
                        "properties" or "$defs" => keyword.Value.EnumerateObject().Any(entry => HasMap(entry.Value)),
                        _ => HasMap(keyword.Value),
                    }
                ),
            _ => false,
        };

    private static JsonNode Describe(JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        schema.Remove("$schema");
        // Anything goes, which closing does not replace by itself.
        if (schema["additionalProperties"] is JsonObject { Count: 0 })
            schema["additionalProperties"] = false;
        string[] said =
        [
            .. OnlyDescribed
                .Where(schema.ContainsKey)
                .Select(keyword => $"{keyword}: {schema[keyword]?.ToJsonString() ?? "null"}"),
        ];
        if (said.Length == 0)
            return schema;
        foreach (string keyword in OnlyDescribed)
            schema.Remove(keyword);
        string all = string.Join(", ", said);
        schema["description"] = schema["description"] is JsonValue before ? $"{before} ({all})" : all;
        return schema;
    }
}
