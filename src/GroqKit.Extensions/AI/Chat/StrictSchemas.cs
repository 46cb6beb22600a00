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

    public static JsonElement For(AIFunctionDeclaration function) => Cache.GetOrCreateTransformedSchema(function);

    /// <param name="format">Must have a schema.</param>
    public static JsonElement For(ChatResponseFormatJson format) =>
        Cache.GetOrCreateTransformedSchema(format) ?? format.Schema!.Value;

    private static JsonNode Describe(JsonNode node)
    {
        if (node is not JsonObject schema)
            return node;
        schema.Remove("$schema");
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
