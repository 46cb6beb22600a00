using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace GroqKit.Chat;

/// <summary>Reads what a model wrote as arguments, as far as that can be done without knowing the code behind the tool.</summary>
internal static class ToolArguments
{
    // Deeper than any tool needs, and far from what would exhaust the stack.
    private const int MaxDepth = 64;

    private static readonly JsonDocumentOptions Strict = new()
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false,
    };

    /// <exception cref="ToolArgumentsException">The arguments are no JSON object, or one that is needed is missing.</exception>
    public static JsonElement Read(string? arguments, JsonElement schema)
    {
        try
        {
            return ReadObject(Parse(arguments), schema);
        }
        catch (InvalidOperationException error)
        {
            // Text is only decoded when it is read: an escape such as \ud800 alone stands for no character.
            throw new ToolArgumentsException("The arguments hold an escape that stands for no character.", error);
        }
    }

    private static JsonElement ReadObject(JsonNode? root, JsonElement schema)
    {
        if (root is not (JsonObject or null))
            throw new ToolArgumentsException("The arguments must be a JSON object.");
        JsonObject given = root as JsonObject ?? [];
        Clean(given, schema, schema, 0);
        string[] missing = [.. Required(schema).Where(name => !given.ContainsKey(name))];
        return missing.Length == 0
            ? SchemaBuilder.ToElement(given)
            : throw new ToolArgumentsException($"Missing: {string.Join(", ", missing)}.");
    }

    /// <exception cref="ToolArgumentsException">The value is not of the type.</exception>
    public static T? To<T>(JsonElement arguments, JsonTypeInfo<T> type)
    {
        try
        {
            return arguments.Deserialize(type);
        }
        catch (JsonException error)
        {
            throw Mismatch(error);
        }
    }

    public static ToolArgumentsException Mismatch(JsonException error)
    {
        // What follows counts lines and bytes of a text that the model never wrote in this form.
        int end = error.Message.IndexOf(" | LineNumber", StringComparison.Ordinal);
        return new ToolArgumentsException(end < 0 ? error.Message : error.Message[..end], error);
    }

    private static JsonNode? Parse(string? arguments)
    {
        if (string.IsNullOrWhiteSpace(arguments))
            return null;
        try
        {
            return JsonNode.Parse(arguments, documentOptions: Strict);
        }
        catch (JsonException error)
        {
            throw new ToolArgumentsException($"The arguments are not valid JSON: {error.Message}", error);
        }
    }

    /// <summary>Takes out each null that stands for a value left out.</summary>
    private static void Clean(JsonNode? value, JsonElement schema, JsonElement root, int depth)
    {
        schema = Follow(schema, root);
        if (schema.ValueKind != JsonValueKind.Object || depth > MaxDepth)
            return;
        if (value is JsonArray items && schema.TryGetProperty("items", out JsonElement item))
        {
            foreach (JsonNode? entry in items)
                Clean(entry, item, root, depth + 1);
        }
        if (value is not JsonObject members || !schema.TryGetProperty("properties", out JsonElement properties))
            return;
        HashSet<string> required = [.. Required(schema)];
        foreach (JsonProperty property in properties.EnumerateObject())
        {
            if (!members.TryGetPropertyValue(property.Name, out JsonNode? member))
                continue;
            if (member is null && !required.Contains(property.Name))
                members.Remove(property.Name);
            else
                Clean(member, property.Value, root, depth + 1);
        }
    }

    private static IEnumerable<string> Required(JsonElement schema) =>
        schema.TryGetProperty("required", out JsonElement names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()!)
            : [];

    /// <summary>Through references, and into the one alternative that is not null.</summary>
    private static JsonElement Follow(JsonElement schema, JsonElement root)
    {
        for (int hops = 0; hops < MaxDepth && schema.ValueKind == JsonValueKind.Object; hops++)
        {
            if (schema.TryGetProperty("$ref", out JsonElement pointer))
            {
                string name = pointer.GetString()!;
                schema = name == "#" ? root : Definition(name, root);
            }
            else if (
                schema.TryGetProperty("anyOf", out JsonElement choices)
                && choices.EnumerateArray().Where(choice => !IsNull(choice)).ToArray() is [var only]
            )
            {
                schema = only;
            }
            else
            {
                break;
            }
        }
        return schema;
    }

    private static JsonElement Definition(string pointer, JsonElement root) =>
        root.TryGetProperty("$defs", out JsonElement all)
        && all.TryGetProperty(pointer.Split('/')[^1], out JsonElement definition)
            ? definition
            : default;

    private static bool IsNull(JsonElement schema) =>
        schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("type", out JsonElement type)
        && type.ValueKind == JsonValueKind.String
        && type.ValueEquals("null");
}
