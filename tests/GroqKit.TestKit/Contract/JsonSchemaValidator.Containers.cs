using System.Text.Json;

namespace GroqKit.TestKit.Contract;

public sealed partial class JsonSchemaValidator
{
    private void CheckArray(JsonElement schema, JsonElement value, string path, List<SchemaError> errors, int depth)
    {
        JsonElement[] elements = [.. value.EnumerateArray()];
        CheckSize(schema, "minItems", "maxItems", elements.Length, "items", path, errors);
        if (IsTrue(schema, "uniqueItems"))
        {
            for (int i = 1; i < elements.Length; i++)
            {
                if (elements.Take(i).Any(earlier => JsonElement.DeepEquals(earlier, elements[i])))
                    errors.Add(new SchemaError(At(path, i), "appears twice"));
            }
        }
        int fixedItems = 0;
        if (schema.TryGetProperty("prefixItems", out JsonElement prefix))
        {
            fixedItems = prefix.GetArrayLength();
            for (int i = 0; i < Math.Min(fixedItems, elements.Length); i++)
                Visit(prefix[i], elements[i], At(path, i), errors, depth + 1);
        }
        if (schema.TryGetProperty("items", out JsonElement items))
        {
            for (int i = fixedItems; i < elements.Length; i++)
                Visit(items, elements[i], At(path, i), errors, depth + 1);
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, List<SchemaError> errors, int depth)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (!seen.Add(member.Name))
                errors.Add(new SchemaError(At(path, member.Name), "appears twice"));
            CheckMember(schema, member, At(path, member.Name), errors, depth);
        }
        CheckSize(schema, "minProperties", "maxProperties", seen.Count, "members", path, errors);
        if (schema.TryGetProperty("required", out JsonElement required))
            RequireAll(required, "", seen, path, errors);
        if (schema.TryGetProperty("dependentRequired", out JsonElement dependent))
        {
            foreach (JsonProperty rule in dependent.EnumerateObject().Where(rule => seen.Contains(rule.Name)))
                RequireAll(rule.Value, $", which '{rule.Name}' needs", seen, path, errors);
        }
    }

    private void CheckMember(JsonElement schema, JsonProperty member, string path, List<SchemaError> errors, int depth)
    {
        bool named = false;
        if (schema.TryGetProperty("propertyNames", out JsonElement names))
        {
            using JsonDocument name = JsonDocument.Parse(JsonSerializer.SerializeToUtf8Bytes(member.Name));
            Visit(names, name.RootElement, path, errors, depth + 1);
        }
        if (
            schema.TryGetProperty("properties", out JsonElement properties)
            && properties.TryGetProperty(member.Name, out JsonElement own)
        )
        {
            named = true;
            Visit(own, member.Value, path, errors, depth + 1);
        }
        if (schema.TryGetProperty("patternProperties", out JsonElement patterns))
        {
            foreach (JsonProperty pattern in patterns.EnumerateObject())
            {
                if (!EcmaPattern.Of(pattern.Name).IsMatch(member.Name))
                    continue;
                named = true;
                Visit(pattern.Value, member.Value, path, errors, depth + 1);
            }
        }
        if (named || !schema.TryGetProperty("additionalProperties", out JsonElement others))
            return;
        if (others.ValueKind is JsonValueKind.False)
            errors.Add(new SchemaError(path, "is not a known member"));
        else
            Visit(others, member.Value, path, errors, depth + 1);
    }

    private static void RequireAll(
        JsonElement names,
        string reason,
        HashSet<string> present,
        string path,
        List<SchemaError> errors
    )
    {
        foreach (JsonElement name in names.EnumerateArray().Where(name => !present.Contains(name.GetString()!)))
            errors.Add(new SchemaError(path, $"lacks '{name.GetString()}'{reason}"));
    }

    private static string At(string path, int index) => $"{path}/{index}";

    private static string At(string path, string name) =>
        $"{path}/{name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
