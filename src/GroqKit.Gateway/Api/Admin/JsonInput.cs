using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Api.Admin;

/// <summary>A JSON object that someone sent, read strictly: every error names the field by its path.</summary>
internal readonly struct JsonInput
{
    // What is read in a list would not be what is stored.
    private static readonly SearchValues<char> Reordering = SearchValues.Create(
        "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"
    );

    private readonly JsonElement _object;
    private readonly string _path;

    private JsonInput(JsonElement element, string path)
    {
        _object = element;
        _path = path;
    }

    /// <exception cref="GatewayException">The body isn't one JSON object.</exception>
    public static JsonInput Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            throw RequestErrors.InvalidJson("The body is empty; a JSON object is expected.");
        if (!Utf8.IsValid(body.Span))
            throw RequestErrors.InvalidJson("The body is not valid UTF-8.");
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonInput(document.RootElement.Clone(), "")
                : throw RequestErrors.InvalidJson("The body must be a JSON object.");
        }
        catch (JsonException broken)
        {
            throw RequestErrors.InvalidJson($"The body is not valid JSON: {broken.Message}");
        }
    }

    /// <summary>Refuses fields beyond these, and fields that are there twice.</summary>
    public JsonInput Only(params ReadOnlySpan<string> known)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in _object.EnumerateObject())
        {
            string name = NameOf(member);
            if (!known.Contains(name))
                throw RequestErrors.Unknown(PathOf(name), known.ToArray());
            if (!seen.Add(name))
                throw RequestErrors.Duplicate(PathOf(name));
        }
        return this;
    }

    /// <summary>The path of a field, for errors.</summary>
    public string PathOf(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    /// <summary>Whether the field is there; null counts.</summary>
    public bool Has(string name) => _object.TryGetProperty(name, out _);

    /// <summary>The field's value; false where it is absent or null.</summary>
    public bool TryGet(string name, out JsonElement value) =>
        _object.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>A text without control characters; null where it is absent.</summary>
    public string? Text(string name, int maxLength)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.String)
            throw RequestErrors.WrongType(PathOf(name), "a string");
        string text = Read(value, PathOf(name));
        if (text.Length > maxLength)
            throw RequestErrors.WrongValue(PathOf(name), $"is longer than {maxLength} characters");
        if (text.Any(char.IsControl))
            throw RequestErrors.WrongValue(PathOf(name), "holds a control character");
        if (text.AsSpan().ContainsAny(Reordering))
            throw RequestErrors.WrongValue(PathOf(name), "holds a character that changes the direction of writing");
        return text;
    }

    public string RequiredText(string name, int maxLength)
    {
        string text = Text(name, maxLength) ?? throw RequestErrors.Missing(PathOf(name));
        return string.IsNullOrWhiteSpace(text) ? throw RequestErrors.WrongValue(PathOf(name), "is empty") : text;
    }

    /// <summary>One of some words; null where it is absent.</summary>
    public string? Choice(string name, IReadOnlyList<string> words)
    {
        string? word = Text(name, 64);
        return word is null || words.Contains(word, StringComparer.Ordinal)
            ? word
            : throw RequestErrors.WrongValue(PathOf(name), $"must be one of {string.Join(", ", words)}");
    }

    public int? Whole(string name, int min, int max)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int number))
            throw RequestErrors.WrongType(PathOf(name), "a whole number");
        return number >= min && number <= max
            ? number
            : throw RequestErrors.WrongValue(PathOf(name), $"must be from {min} to {max}");
    }

    public double? Number(string name, double min, double max)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out double number))
            throw RequestErrors.WrongType(PathOf(name), "a number");
        return number >= min && number <= max
            ? number
            : throw RequestErrors.WrongValue(PathOf(name), $"must be from {min} to {max}");
    }

    public bool? Truth(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        return value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? value.GetBoolean()
            : throw RequestErrors.WrongType(PathOf(name), "true or false");
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name, 64) is not { } text)
            return null;
        return
            DateTimeOffset.TryParse(
                text,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal,
                out DateTimeOffset time
            ) && text.Contains('T', StringComparison.Ordinal)
            ? time
            : throw RequestErrors.WrongValue(PathOf(name), "must be a time such as 2030-01-31T12:00:00Z");
    }

    /// <summary>An object; null where it is absent.</summary>
    public JsonInput? Object(string name)
    {
        if (!TryGet(name, out JsonElement value))
            return null;
        return value.ValueKind == JsonValueKind.Object
            ? new JsonInput(value, PathOf(name))
            : throw RequestErrors.WrongType(PathOf(name), "an object");
    }

    /// <summary>The items of a list of objects; empty where it is absent.</summary>
    public IReadOnlyList<JsonInput> Objects(string name, int maxCount)
    {
        var items = new List<JsonInput>();
        foreach (JsonElement item in Items(name, maxCount))
        {
            string path = $"{PathOf(name)}[{items.Count}]";
            items.Add(
                item.ValueKind == JsonValueKind.Object
                    ? new JsonInput(item, path)
                    : throw RequestErrors.WrongType(path, "an object")
            );
        }
        return items;
    }

    /// <summary>The items of a list of texts; empty where it is absent.</summary>
    public IReadOnlyList<string> Texts(string name, int maxCount)
    {
        var items = new List<string>();
        foreach (JsonElement item in Items(name, maxCount))
        {
            string path = $"{PathOf(name)}[{items.Count}]";
            items.Add(
                item.ValueKind == JsonValueKind.String
                    ? Read(item, path)
                    : throw RequestErrors.WrongType(path, "a string")
            );
        }
        return items;
    }

    /// <summary>The names of its fields.</summary>
    public IReadOnlyList<string> Names(int maxCount)
    {
        string[] names = [.. _object.EnumerateObject().Select(member => member.Name)];
        return names.Length <= maxCount ? names : throw RequestErrors.TooMany(_path, maxCount);
    }

    /// <summary>The JSON as it was sent.</summary>
    public string Raw() => _object.GetRawText();

    /// <summary>Refuses fields that are there twice, at any depth.</summary>
    public JsonInput WithoutDuplicates()
    {
        Check(_object, _path);
        return this;
    }

    private static void Check(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach (JsonElement item in element.EnumerateArray())
                Check(item, $"{path}[{index++}]");
        }
        if (element.ValueKind != JsonValueKind.Object)
            return;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string name = NameOf(member);
            string inner = path.Length == 0 ? name : $"{path}.{name}";
            if (!seen.Add(name))
                throw RequestErrors.Duplicate(inner);
            Check(member.Value, inner);
        }
    }

    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            throw RequestErrors.InvalidJson("A field's name has an escape that stands for no character.");
        }
    }

    private static string Read(JsonElement value, string path)
    {
        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw RequestErrors.WrongValue(path, "has an escape that stands for no character");
        }
    }

    private JsonElement.ArrayEnumerator Items(string name, int maxCount)
    {
        if (!TryGet(name, out JsonElement value))
            return default;
        if (value.ValueKind != JsonValueKind.Array)
            throw RequestErrors.WrongType(PathOf(name), "a list");
        return value.GetArrayLength() <= maxCount
            ? value.EnumerateArray()
            : throw RequestErrors.TooMany(PathOf(name), maxCount);
    }
}
