using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>
/// Turns exported schemas into one document: recursion becomes <c>$defs</c>, or <c>#</c> where the document itself recurs, and the rules are applied. For
/// one document and one thread.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="parameter">Which parameter a refusal names.</param>
internal sealed partial class SchemaBuilder(SchemaRules rules, string parameter)
{
    private readonly Dictionary<(Type Type, Type? BaseType), string> _names = [];
    private SchemaExport _export = null!;
    private IReadOnlySet<(Type Type, Type? BaseType)> _recurring = null!;
    private Type? _documentType;

    /// <summary>What parts refer to; empty when nothing recurs.</summary>
    public JsonObject Definitions { get; } = [];

    /// <summary>The schema of a type that is the whole document.</summary>
    public JsonObject Document(JsonTypeInfo type)
    {
        _documentType = type.Type;
        Begin(type);
        JsonObject document = Body(_export.Root, SchemaNames.Of(type.Type));
        document = Finish(document, _export.Root, _export.Find(_export.Root));
        AddDefinitions(document);
        return document;
    }

    /// <summary>The schema of a type that is a part of the document.</summary>
    /// <param name="type">The type.</param>
    /// <param name="description">What the place says about itself.</param>
    /// <param name="keywords">What the place asks of its value.</param>
    public JsonObject Part(JsonTypeInfo type, string? description = null, JsonObject? keywords = null)
    {
        _documentType = null;
        Begin(type);
        SchemaNode info = _export.Find(_export.Root)!;
        bool recurs = _recurring.Contains(info.Shape);
        return Finish(
            recurs ? Reference(_export.Root) : Body(_export.Root, SchemaNames.Of(type.Type)),
            _export.Root,
            info with
            {
                Description = description,
                Keywords = keywords ?? [],
            }
        );
    }

    /// <summary>The finished document.</summary>
    public static JsonElement ToElement(JsonObject document)
    {
        using JsonDocument parsed = JsonDocument.Parse(document.ToJsonString(GroqJson.Context.Options));
        return parsed.RootElement.Clone();
    }

    public void AddDefinitions(JsonObject document)
    {
        if (Definitions.Count > 0)
            document["$defs"] = Definitions;
    }

    /// <summary>Makes null as good as any other value.</summary>
    public static JsonObject OrNull(JsonObject written)
    {
        if (TakesNull(written))
            return written;
        if (written["anyOf"] is JsonArray alternatives)
        {
            if (!alternatives.OfType<JsonObject>().Any(TakesNull))
                alternatives.Add((JsonNode)Scalar("null"));
            return written;
        }
        if (TypesOf(written) is [not ("object" or "array")])
        {
            JsonNode type = written["type"]!;
            written["type"] = new JsonArray(type.DeepClone(), "null");
            (written["enum"] as JsonArray)?.Add(null);
            return written;
        }
        // Whatever may be anything may be null.
        bool isOpen = !written.Any(keyword => keyword.Key is "type" or "$ref");
        return isOpen ? written : new JsonObject { ["anyOf"] = new JsonArray(written, Scalar("null")) };
    }

    private void Begin(JsonTypeInfo type)
    {
        _export = new SchemaExport(type);
        _recurring = SchemaCycles.Find(_export);
    }

    private JsonObject Write(JsonObject node, string path)
    {
        JsonObject target = _export.Follow(node);
        SchemaNode? info = _export.Find(node);
        bool recurs = info is not null && _recurring.Contains(info.Shape);
        return Finish(recurs ? Reference(target) : Body(target, path), node, info);
    }

    private JsonObject Reference(JsonObject target)
    {
        SchemaNode info = _export.Find(target)!;
        if (info.Shape == (_documentType, null))
            return new JsonObject { ["$ref"] = "#" };
        if (!_names.TryGetValue(info.Shape, out string? name))
        {
            name = UniqueName(SchemaNames.Of(info.Type));
            _names.Add(info.Shape, name);
            // Its place is taken before its body is written, which refers to it.
            Definitions[name] = null;
            Definitions[name] = Body(target, name);
        }
        return new JsonObject { ["$ref"] = $"#/$defs/{name}" };
    }

    private string UniqueName(string name)
    {
        string unique = name;
        for (int i = 2; Definitions.ContainsKey(unique); i++)
            unique = $"{name}_{i}";
        return unique;
    }

    /// <summary>Adds to a body what belongs to the place where it stands: null, description, restrictions.</summary>
    private JsonObject Finish(JsonObject written, JsonObject node, SchemaNode? info)
    {
        if (TakesNull(_export.Follow(node)))
            written = OrNull(written);
        JsonObject keywords = SchemaKeywords.Of(node, info, written);
        string? text = Said(info, (written["description"] as JsonValue)?.GetValue<string>());
        if (rules.MovesKeywords)
            text = SchemaKeywords.AddTo(text, keywords);
        else
            SchemaKeywords.Copy(keywords, written);
        if (text is null)
            return written;
        // A reference has no neighbours where rules are strict.
        if (written.ContainsKey("$ref"))
            written = new JsonObject { ["anyOf"] = new JsonArray(written) };
        written["description"] = text;
        return written;
    }

    // A property knows better than its type what it is for, but not what the numbers of an enumeration mean.
    private static string? Said(SchemaNode? info, string? own)
    {
        if (info?.Description is not { } text)
            return own;
        return own is not null && info.Type.IsEnum ? $"{text} ({own})" : text;
    }

    private GroqValidationException Refused(string path, string problem) =>
        ChatRequestRules.Invalid(parameter, $"{path} {problem}");
}
