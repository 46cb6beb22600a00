using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Errors;
using GroqKit.Simulator.Http;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>
/// Makes a JSON value that conforms to a schema: types, enum, const, properties, arrays, references (recursive ones end as soon as
/// the schema lets them), anyOf, oneOf, allOf, bounds, lengths, formats and simple patterns.
/// </summary>
internal sealed class SchemaSample
{
    // Below this depth optional properties are left out and the way that ends a recursion is taken.
    private const int Shallow = 4;
    private const int Deepest = 48;
    private const int MostValues = 20_000;
    private const int MostTries = 20;

    private readonly JsonElement _root;
    private readonly StringSample _strings;
    private readonly Dice _dice;
    private int _values;

    private SchemaSample(JsonElement root, string prompt, Dice dice)
    {
        _root = root;
        _dice = dice;
        _strings = new StringSample(prompt, dice);
    }

    /// <exception cref="ApiException">The schema demands more than any answer could hold, such as a recursion without an end.</exception>
    public static string Json(JsonElement schema, string prompt, Dice dice)
    {
        var sample = new SchemaSample(schema, prompt, dice);
        return Encoding.UTF8.GetString(JsonBuffer.Write(json => sample.Write(json, schema, "", 0)));
    }

    private void Write(Utf8JsonWriter json, JsonElement schema, string name, int depth)
    {
        if (++_values > MostValues || depth > Deepest)
        {
            throw new ApiException(
                ApiErrors.GenerationFailed(
                    "Generated JSON does not match the expected schema. Please adjust your prompt.",
                    "json_validate_failed",
                    ""
                )
            );
        }

        if (schema.ValueKind is not JsonValueKind.Object)
        {
            json.WriteStringValue(_strings.Value(default, name));
            return;
        }

        schema = SchemaShape.Resolve(_root, schema);
        if (schema.TryGetProperty("const"u8, out JsonElement only))
            only.WriteTo(json);
        else if (
            schema.TryGetProperty("enum"u8, out JsonElement choices)
            && choices.ValueKind is JsonValueKind.Array
            && choices.GetArrayLength() > 0
        )
            choices[_dice.Roll(choices.GetArrayLength())].WriteTo(json);
        else if (SchemaShape.Alternatives(schema) is { } alternatives)
            Write(json, Narrowed(schema, Choose(alternatives, depth)), name, depth + 1);
        else
            WriteTyped(json, schema, name, depth);
    }

    /// <summary>The type to make: of several the usual one, or another where nothing can be made of that.</summary>
    private string TypeOf(JsonElement schema, int depth)
    {
        string usual = SchemaShape.TypeOf(schema, preferNull: depth > Shallow);
        IReadOnlyList<string> types = SchemaShape.Texts(schema, "type");
        return types.Count < 2
            ? usual
            : types.Prepend(usual).FirstOrDefault(type => ImpossibleSchema.CanBe(_root, schema, type), usual);
    }

    private void WriteTyped(Utf8JsonWriter json, JsonElement schema, string name, int depth)
    {
        switch (TypeOf(schema, depth))
        {
            case "object":
                WriteObject(json, schema, depth);
                break;
            case "array":
                WriteArray(json, schema, name, depth);
                break;
            case "integer":
                json.WriteNumberValue((long)NumberSample.Value(schema, wholeOnly: true, _dice));
                break;
            case "number":
                json.WriteNumberValue(NumberSample.Value(schema, wholeOnly: false, _dice));
                break;
            case "boolean":
                json.WriteBooleanValue(_dice.Roll(2) == 0);
                break;
            case "null":
                json.WriteNullValue();
                break;
            default:
                json.WriteStringValue(_strings.Value(schema, name));
                break;
        }
    }

    private void WriteObject(Utf8JsonWriter json, JsonElement schema, int depth)
    {
        HashSet<string> required = [.. SchemaShape.Texts(schema, "required")];
        HashSet<string> written = [];
        int fewest = SchemaShape.Integer(schema, "minProperties") ?? 0;
        int optional = (SchemaShape.Integer(schema, "maxProperties") ?? int.MaxValue) - required.Count;
        json.WriteStartObject();
        if (
            schema.TryGetProperty("properties"u8, out JsonElement properties)
            && properties.ValueKind is JsonValueKind.Object
        )
        {
            foreach (JsonProperty property in properties.EnumerateObject())
            {
                bool isLeftOut = (depth >= Shallow && written.Count >= fewest) || optional <= 0;
                if (
                    !required.Contains(property.Name)
                    && (isLeftOut || ImpossibleSchema.IsImpossible(_root, property.Value))
                )
                    continue;
                if (!written.Add(property.Name))
                    continue;
                if (!required.Contains(property.Name))
                    optional--;
                json.WritePropertyName(property.Name);
                Write(json, property.Value, property.Name, depth + 1);
            }
        }

        WriteAdditional(json, schema, required, written, depth);
        json.WriteEndObject();
    }

    private void WriteAdditional(
        Utf8JsonWriter json,
        JsonElement schema,
        HashSet<string> required,
        HashSet<string> written,
        int depth
    )
    {
        JsonElement additional = schema.TryGetProperty("additionalProperties"u8, out JsonElement value)
            ? value
            : default;
        // What is required but not described has to be there all the same; a map gets one entry so that it shows its shape.
        List<string> names = [.. required.Where(name => !written.Contains(name))];
        int fewest = SchemaShape.Integer(schema, "minProperties") ?? 0;
        int most = SchemaShape.Integer(schema, "maxProperties") ?? MostValues;
        bool isMap = additional.ValueKind is JsonValueKind.Object && written.Count == 0 && depth < Shallow && most > 0;
        int wanted = Math.Min(Math.Max(fewest, isMap ? 1 : 0), MostValues);
        for (int i = 1; written.Count + names.Count < wanted; i++)
            names.Add($"key{i}");
        foreach (string name in names)
        {
            json.WritePropertyName(name);
            Write(json, additional, name, depth + 1);
        }
    }

    private void WriteArray(Utf8JsonWriter json, JsonElement schema, string name, int depth)
    {
        int fewest = SchemaShape.Integer(schema, "minItems") ?? 0;
        int most = SchemaShape.Integer(schema, "maxItems") ?? int.MaxValue;
        bool unique =
            schema.TryGetProperty("uniqueItems"u8, out JsonElement flag) && flag.ValueKind is JsonValueKind.True;
        JsonElement[] leading = SchemaShape.LeadingItems(schema);
        JsonElement items = SchemaShape.FurtherItems(schema);
        bool mayContinue = items.ValueKind is not JsonValueKind.False;
        int wanted = depth >= Shallow ? fewest : Math.Max(fewest, Math.Max(leading.Length, mayContinue ? 2 : 0));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        json.WriteStartArray();
        for (int i = 0; i < Math.Min(wanted, most); i++)
        {
            JsonElement item = i < leading.Length ? leading[i] : items;
            if (unique && i >= leading.Length)
            {
                // Too few different ones to be had: an array may be shorter than wanted, but not hold one twice.
                if (Different(item, name, depth, seen) is not { } text)
                    break;
                json.WriteRawValue(text);
            }
            else
            {
                Write(json, item, name, depth + 1);
            }
        }

        json.WriteEndArray();
    }

    /// <summary>A value that is not among those seen; null when none turns up.</summary>
    private string? Different(JsonElement item, string name, int depth, HashSet<string> seen)
    {
        for (int i = 0; i < MostTries; i++)
        {
            var bytes = new MemoryStream();
            using (var json = new Utf8JsonWriter(bytes, JsonBuffer.Options))
                Write(json, item, name, depth + 1);
            string text = Encoding.UTF8.GetString(bytes.ToArray());
            if (seen.Add(text))
                return text;
        }

        return null;
    }

    /// <summary>The schema with one of its ways; what the way offers to choose from stays a choice.</summary>
    private static JsonElement Narrowed(JsonElement schema, JsonElement way) =>
        SchemaMerge.Of([SchemaMerge.Of([schema], "anyOf", "oneOf"), way]);

    /// <summary>The first way that is not null; deep down the one that ends soonest.</summary>
    private JsonElement Choose(JsonElement alternatives, int depth)
    {
        JsonElement[] ways =
        [
            .. alternatives
                .EnumerateArray()
                .Where(way => way.ValueKind is JsonValueKind.Object)
                .Select(way => SchemaShape.Resolve(_root, way))
                .Where(way => !ImpossibleSchema.IsImpossible(_root, way)),
        ];
        if (ways.Length == 0)
            return default;
        return depth > Shallow
            ? ways.MinBy(way => SchemaShape.Weight(_root, way))
            : ways.FirstOrDefault(way => !SchemaShape.IsNull(way), ways[0]);
    }
}
