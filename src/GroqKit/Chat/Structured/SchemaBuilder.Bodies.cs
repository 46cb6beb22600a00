using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Chat;

internal sealed partial class SchemaBuilder
{
    private static bool TakesNull(JsonObject node) =>
        TypesOf(node).Contains("null") || (node["enum"] is JsonArray values && values.Any(value => value is null));

    private static List<string> TypesOf(JsonObject node) =>
        node["type"] switch
        {
            JsonArray list => [.. list.Select(type => type!.GetValue<string>())],
            JsonValue type => [type.GetValue<string>()],
            _ => [],
        };

    /// <summary>A node's shape, without null and without what belongs to its place.</summary>
    private JsonObject Body(JsonObject node, string path)
    {
        SchemaNode? info = _export.Find(node);
        List<string> types = TypesOf(node);
        types.Remove("null");
        if (SchemaExport.IsPolymorphic(node))
            return Described(Alternatives(node, path), info);
        if (node.ContainsKey("anyOf"))
            // A number, or the words for what JSON cannot say as one: models need only the number.
            return new JsonObject { ["type"] = "number" };
        if (node["const"] is JsonValue constant)
            return Choice([constant.DeepClone()]);
        if (node["enum"] is JsonArray values)
            return Described(Choice([.. values.Where(value => value is not null).Select(v => v!.DeepClone())]), info);
        if (node["additionalProperties"] is JsonObject value)
            return Map(value, path);
        if (types.Contains("object"))
            return Described(Members(node, path), info);
        if (node["items"] is JsonObject item)
            return new JsonObject { ["type"] = "array", ["items"] = Write(item, $"{path}[]") };
        // Numbers that may also be read from text are exported as both.
        if (types.Count > 1)
            types.Remove("string");
        if (types is not [var type])
            return Open(path);
        return type == "integer" && info is { Type.IsEnum: true } ? NumberedChoice(info.Type) : Scalar(type);
    }

    private static JsonObject Scalar(string type) => new() { ["type"] = type };

    private static JsonObject Described(JsonObject written, SchemaNode? info)
    {
        if (SchemaAnnotations.Description(info?.Type) is { } text)
            written["description"] = text;
        return written;
    }

    private static JsonObject Choice(JsonNode[] values) =>
        new() { ["type"] = values is [{ } first, ..] ? KindOf(first) : "string", ["enum"] = new JsonArray(values) };

    private static string KindOf(JsonNode value) =>
        value.GetValueKind() switch
        {
            JsonValueKind.String => "string",
            JsonValueKind.Number => "integer",
            _ => "boolean",
        };

    /// <summary>An enumeration that is read as a number: the numbers are told with their names.</summary>
    private static JsonObject NumberedChoice(Type type)
    {
        Array numbers = Enum.GetValuesAsUnderlyingType(type);
        string[] names = Enum.GetNames(type);
        var values = new JsonArray();
        var texts = new List<string>();
        for (int i = 0; i < names.Length; i++)
        {
            string number = numbers.GetValue(i)!.ToString()!;
            values.Add(JsonNode.Parse(number));
            texts.Add($"{number} = {names[i]}");
        }
        JsonObject written = Scalar("integer");
        if (!type.IsDefined(typeof(FlagsAttribute), inherit: false))
            written["enum"] = values;
        written["description"] = string.Join(", ", texts);
        return written;
    }

    private JsonObject Members(JsonObject node, string path)
    {
        var required = new HashSet<string>(
            (node["required"] as JsonArray)?.Select(name => name!.GetValue<string>()) ?? []
        );
        var properties = new JsonObject();
        var names = new JsonArray();
        foreach (var (name, member) in node["properties"] as JsonObject ?? [])
        {
            JsonObject written = Write((JsonObject)member!, $"{path}.{name}");
            bool isRequired = rules.IsStrict || required.Contains(name);
            properties[name] = isRequired || !rules.TakesNullForOptional ? written : OrNull(written);
            if (isRequired)
                names.Add((JsonNode)name);
        }
        var schema = new JsonObject { ["type"] = "object", ["properties"] = properties };
        if (names.Count > 0 || rules.IsStrict)
            schema["required"] = names;
        if (rules.IsStrict)
            schema["additionalProperties"] = false;
        return schema;
    }

    private JsonObject Alternatives(JsonObject node, string path)
    {
        var written = new JsonArray();
        foreach (JsonNode? branch in node["anyOf"]!.AsArray())
        {
            // What all alternatives share stands outside of them, where a closed object would not see it.
            JsonObject whole = branch!.DeepClone().AsObject();
            var required = new JsonArray([.. node["required"]!.AsArray().Select(name => name!.DeepClone())]);
            foreach (JsonNode? name in whole["required"] as JsonArray ?? [])
                required.Add(name!.DeepClone());
            whole["type"] = "object";
            whole["required"] = required;
            written.Add((JsonNode)Write(whole, $"{path}|{written.Count}"));
        }
        return new JsonObject { ["anyOf"] = written };
    }

    private JsonObject Map(JsonObject value, string path)
    {
        if (rules.IsStrict)
            throw Refused(
                path,
                "has open keys, which a strict schema cannot say: use a list of pairs, or Strict = false."
            );
        return new JsonObject { ["type"] = "object", ["additionalProperties"] = Write(value, $"{path}{{}}") };
    }

    private JsonObject Open(string path)
    {
        if (rules.IsStrict)
            throw Refused(
                path,
                "may hold anything, which a strict schema cannot say: give it a type, or Strict = false."
            );
        return [];
    }
}
