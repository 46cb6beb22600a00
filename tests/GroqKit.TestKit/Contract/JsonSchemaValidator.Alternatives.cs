using System.Text.Json;

namespace GroqKit.TestKit.Contract;

public sealed partial class JsonSchemaValidator
{
    private void CheckAlternatives(
        JsonElement schema,
        JsonElement value,
        string path,
        List<SchemaError> errors,
        int depth
    )
    {
        if (schema.TryGetProperty("allOf", out JsonElement all))
        {
            foreach (JsonElement part in all.EnumerateArray())
                Visit(part, value, path, errors, depth + 1);
        }
        if (schema.TryGetProperty("not", out JsonElement not) && Try(not, value, path, depth).Count == 0)
            errors.Add(new SchemaError(path, "matches what is ruled out"));
        if (schema.TryGetProperty("discriminator", out JsonElement discriminator))
            CheckDiscriminated(discriminator, value, path, errors, depth);
        else
        {
            if (schema.TryGetProperty("oneOf", out JsonElement one))
                CheckBranches(one, exactlyOne: true, value, path, errors, depth);
            if (schema.TryGetProperty("anyOf", out JsonElement any))
                CheckBranches(any, exactlyOne: false, value, path, errors, depth);
        }
    }

    /// <summary>The discriminator names the one branch that counts, so that its own errors are reported and no guess is made.</summary>
    private void CheckDiscriminated(
        JsonElement discriminator,
        JsonElement value,
        string path,
        List<SchemaError> errors,
        int depth
    )
    {
        string property = discriminator.GetProperty("propertyName").GetString()!;
        if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(property, out JsonElement kind))
        {
            errors.Add(new SchemaError(path, $"lacks '{property}'"));
            return;
        }
        JsonElement mapping = discriminator.GetProperty("mapping");
        if (kind.ValueKind is JsonValueKind.String && mapping.TryGetProperty(kind.GetString()!, out JsonElement branch))
            Visit(Resolve(branch.GetString()!), value, path, errors, depth + 1);
        else
        {
            string known = string.Join(", ", mapping.EnumerateObject().Select(entry => entry.Name));
            errors.Add(new SchemaError(At(path, property), $"{Show(kind)} is not one of {known}"));
        }
    }

    private void CheckBranches(
        JsonElement branches,
        bool exactlyOne,
        JsonElement value,
        string path,
        List<SchemaError> errors,
        int depth
    )
    {
        int matches = 0;
        List<SchemaError>? nearest = null;
        foreach (JsonElement branch in branches.EnumerateArray())
        {
            List<SchemaError> found = Try(branch, value, path, depth);
            if (found.Count == 0)
                matches++;
            else if (nearest is null || Depth(found) > Depth(nearest))
                nearest = found;
        }
        if (matches == 0)
        {
            errors.Add(new SchemaError(path, $"matches none of {branches.GetArrayLength()} alternatives"));
            errors.AddRange(nearest ?? []);
        }
        else if (exactlyOne && matches > 1)
            errors.Add(new SchemaError(path, $"matches {matches} alternatives where exactly one may"));
    }

    private List<SchemaError> Try(JsonElement schema, JsonElement value, string path, int depth)
    {
        var errors = new List<SchemaError>();
        Visit(schema, value, path, errors, depth + 1);
        return errors;
    }

    /// <summary>The branch that fails furthest down is most likely the one that was meant.</summary>
    private static int Depth(List<SchemaError> errors) => errors.Max(error => error.Path.Count(c => c == '/'));
}
