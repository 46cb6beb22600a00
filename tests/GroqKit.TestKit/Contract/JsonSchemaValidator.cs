using System.Text.Json;

namespace GroqKit.TestKit.Contract;

/// <summary>
/// Checks JSON values against JSON Schema 2020-12 as structured outputs use it, and against OpenAPI 3.0's dialect
/// (<c>nullable</c>, <c>discriminator</c>, boolean exclusive limits). Formats are checked, not merely noted.
/// A keyword that constrains and is not implemented is refused rather than ignored, so that silence means "valid".
/// </summary>
/// <param name="document">Where <c>$ref</c> pointers such as <c>#/$defs/Node</c> are looked up.</param>
public sealed partial class JsonSchemaValidator(JsonElement document)
{
    // A reference that leads back to itself without going down into the value would never end.
    private const int MaxDepth = 512;

    private static readonly HashSet<string> Unsupported =
    [
        "if",
        "then",
        "else",
        "contains",
        "minContains",
        "maxContains",
        "dependencies",
        "dependentSchemas",
        "unevaluatedItems",
        "unevaluatedProperties",
        "$dynamicRef",
        "$recursiveRef",
    ];

    /// <summary>Everything that is wrong with <paramref name="value"/>; empty when it is valid.</summary>
    /// <exception cref="NotSupportedException">The schema uses a keyword outside the implemented set.</exception>
    /// <exception cref="InvalidDataException">The schema is broken: a reference without a target, or one that never ends.</exception>
    public static IReadOnlyList<SchemaError> Validate(JsonElement schema, JsonElement value) =>
        new JsonSchemaValidator(schema).Check(schema, value);

    /// <summary>As <see cref="Validate"/>, for a schema that is a part of the document.</summary>
    public IReadOnlyList<SchemaError> Check(JsonElement schema, JsonElement value)
    {
        var errors = new List<SchemaError>();
        Visit(schema, value, "", errors, 0);
        return errors;
    }

    private void Visit(JsonElement schema, JsonElement value, string path, List<SchemaError> errors, int depth)
    {
        if (depth > MaxDepth)
            throw new InvalidDataException($"The schema refers to itself without end at '{path}'.");
        if (schema.ValueKind is JsonValueKind.True)
            return;
        if (schema.ValueKind is JsonValueKind.False)
        {
            errors.Add(new SchemaError(path, "nothing is allowed here"));
            return;
        }
        if (schema.ValueKind is not JsonValueKind.Object)
            throw new InvalidDataException($"A schema is an object or a boolean, not {schema.GetRawText()}.");
        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            if (Unsupported.Contains(keyword.Name))
                throw new NotSupportedException($"The keyword '{keyword.Name}' is not implemented.");
        }
        if (value.ValueKind is JsonValueKind.Null && IsTrue(schema, "nullable"))
            return;

        if (schema.TryGetProperty("$ref", out JsonElement reference))
            Visit(Resolve(reference.GetString()!), value, path, errors, depth + 1);
        // Without the right type the other keywords would only repeat the same complaint.
        if (!CheckType(schema, value, path, errors))
            return;
        CheckLiteral(schema, value, path, errors);
        CheckAlternatives(schema, value, path, errors, depth);
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                CheckString(schema, value.GetString()!, path, errors);
                break;
            case JsonValueKind.Number:
                CheckNumber(schema, value, path, errors);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path, errors, depth);
                break;
            case JsonValueKind.Object:
                CheckObject(schema, value, path, errors, depth);
                break;
        }
    }

    private JsonElement Resolve(string reference)
    {
        if (reference != "#" && !reference.StartsWith("#/", StringComparison.Ordinal))
            throw new InvalidDataException($"Only pointers inside the document are followed, not '{reference}'.");
        JsonElement target = document;
        foreach (string part in Uri.UnescapeDataString(reference[1..]).Split('/').Skip(1))
        {
            string name = part.Replace("~1", "/", StringComparison.Ordinal)
                .Replace("~0", "~", StringComparison.Ordinal);
            if (target.ValueKind is JsonValueKind.Object && target.TryGetProperty(name, out JsonElement member))
                target = member;
            else if (
                target.ValueKind is JsonValueKind.Array
                && int.TryParse(name, out int index)
                && index >= 0
                && index < target.GetArrayLength()
            )
                target = target[index];
            else
                throw new InvalidDataException($"The reference '{reference}' leads nowhere.");
        }
        return target;
    }

    private static bool IsTrue(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement flag) && flag.ValueKind is JsonValueKind.True;
}
