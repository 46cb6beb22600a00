using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>The schema of an answer, whose root has to be an object.</summary>
/// <param name="Schema">The document.</param>
/// <param name="IsWrapped">Whether the type is the only property of the root, because it is no object itself.</param>
internal sealed record StructuredSchema(JsonElement Schema, bool IsWrapped)
{
    /// <summary>The property that holds what is wrapped.</summary>
    public const string Wrapper = "value";

    private const string Parameter = "response_format.json_schema.schema";

    public static StructuredSchema Of(JsonTypeInfo type, SchemaRules rules)
    {
        JsonObject document = new SchemaBuilder(rules, Parameter).Document(type);
        if (document["type"] is JsonValue kind && kind.GetValue<string>() == "object")
            return new StructuredSchema(SchemaBuilder.ToElement(document), IsWrapped: false);
        // Written anew: where a part recurs it is not the document that recurs.
        var builder = new SchemaBuilder(rules, Parameter);
        document = new JsonObject
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { [Wrapper] = builder.Part(type) },
            ["required"] = new JsonArray(Wrapper),
            ["additionalProperties"] = false,
        };
        builder.AddDefinitions(document);
        return new StructuredSchema(SchemaBuilder.ToElement(document), IsWrapped: true);
    }
}
