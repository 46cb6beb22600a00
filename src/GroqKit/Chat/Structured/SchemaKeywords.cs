using System.Text.Json;
using System.Text.Json.Nodes;

namespace GroqKit.Chat;

/// <summary>The keywords that restrict a value without giving it its shape.</summary>
internal static class SchemaKeywords
{
    private static readonly HashSet<string> Shape =
    [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "anyOf",
        "enum",
        "const",
        "$ref",
        "$comment",
        SchemaExport.Mark,
    ];

    /// <summary>What the exporter and the attributes ask of the value at a node.</summary>
    public static JsonObject Of(JsonObject node, SchemaNode? info, JsonObject written)
    {
        var keywords = new JsonObject();
        foreach (var (name, value) in node)
        {
            // The pattern of a number belongs to its form as a text, which is not offered.
            bool isText = name != "pattern" || Takes(written, "string");
            if (value is not null && !Shape.Contains(name) && isText)
                keywords[name] = value.DeepClone();
        }
        foreach (var (name, value) in info?.Keywords ?? [])
            keywords[Takes(written, "string") ? OfText(name) : name] = value?.DeepClone();
        return keywords;
    }

    public static void Copy(JsonObject keywords, JsonObject written)
    {
        foreach (var (name, value) in keywords)
            written[name] = value?.DeepClone();
    }

    /// <summary>A description that says what the keywords would have: <c>minimum: 1, maximum: 5</c>.</summary>
    public static string? AddTo(string? description, JsonObject keywords)
    {
        if (keywords.Count == 0)
            return description;
        string said = string.Join(", ", keywords.Select(keyword => $"{keyword.Key}: {Text(keyword.Value)}"));
        return description is null ? said : $"{description} ({said})";
    }

    // The same attributes count letters and entries.
    private static string OfText(string name) =>
        name switch
        {
            "minItems" => "minLength",
            "maxItems" => "maxLength",
            _ => name,
        };

    private static bool Takes(JsonObject written, string type) =>
        written["type"] switch
        {
            JsonValue value => value.GetValue<string>() == type,
            JsonArray list => list.Any(value => value!.GetValue<string>() == type),
            _ => false,
        };

    private static string Text(JsonNode? value) =>
        value is JsonValue text && text.GetValueKind() == JsonValueKind.String
            ? text.GetValue<string>()
            : value?.ToJsonString() ?? "null";
}
