using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>
/// The platform's schema of a type, its nodes marked with what the exporter knew about them. References are pointers into the tree, as the
/// exporter writes them.
/// </summary>
internal sealed class SchemaExport
{
    /// <summary>The member that holds a node's mark; not a keyword.</summary>
    public const string Mark = "$node";

    private readonly List<SchemaNode> _nodes = [];

    public SchemaExport(JsonTypeInfo type)
    {
        var options = new JsonSchemaExporterOptions
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Marked,
        };
        Root = (JsonObject)JsonSchemaExporter.GetJsonSchemaAsNode(type, options);
    }

    public JsonObject Root { get; }

    public static bool HasMembers(JsonObject schema) => schema.ContainsKey("properties") || IsPolymorphic(schema);

    /// <summary>Whether a node is a choice of derived types, not of forms of a number.</summary>
    public static bool IsPolymorphic(JsonObject schema) =>
        schema.ContainsKey("anyOf") && schema.ContainsKey("required");

    /// <summary>Null for a node that stands for no type, such as the discriminator of a polymorphic one.</summary>
    public SchemaNode? Find(JsonObject schema) => schema[Mark] is { } mark ? _nodes[mark.GetValue<int>()] : null;

    /// <summary>The node itself, or what it refers to.</summary>
    public JsonObject Follow(JsonObject schema)
    {
        if (schema["$ref"] is not { } pointer)
            return schema;
        JsonNode? target = Root;
        foreach (string part in pointer.GetValue<string>().Split('/').Skip(1))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            target = target is JsonArray list ? list[int.Parse(name)] : target![name];
        }
        return (JsonObject)target!;
    }

    private JsonObject Marked(JsonSchemaExporterContext context, JsonNode schema)
    {
        // A type that may hold anything is exported as true.
        JsonObject node = schema as JsonObject ?? [];
        ICustomAttributeProvider? property = context.PropertyInfo?.AttributeProvider;
        // The attributes of a positional record stand on its constructor's parameters.
        ICustomAttributeProvider? parameter = context.PropertyInfo?.AssociatedParameter?.AttributeProvider;
        node[Mark] = _nodes.Count;
        _nodes.Add(
            new SchemaNode(
                Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type,
                context.BaseTypeInfo?.Type,
                SchemaAnnotations.Description(property) ?? SchemaAnnotations.Description(parameter),
                SchemaAnnotations.Keywords(parameter, property)
            )
        );
        return node;
    }
}
