using System.Globalization;
using System.Text.Json;

namespace GroqKit.Catalog;

/// <summary>
/// Reads the members of one JSON object and, instead of stopping at the first mistake, notes each with its path.
/// </summary>
internal sealed class CatalogObject(JsonElement element, string path, string? modelId, List<CatalogError> errors)
{
    private const string Whole = "must be a whole number from 1 to 2147483647, or null";

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);

    public string Path => path;

    public string? ModelId { get; set; } = modelId;

    /// <summary>
    /// Whether the member is written down, be it as null: a merge keeps the former value of one that is not.
    /// </summary>
    public bool Has(string name)
    {
        _read.Add(name);
        return element.TryGetProperty(name, out _);
    }

    public string? Text(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && !string.IsNullOrWhiteSpace(text)
        )
            return text;
        return Fail<string>(name, "must be a text that is not blank, or null");
    }

    public int? Count(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count > 0)
            return count;
        Fail(name, Whole);
        return null;
    }

    public long? LongCount(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long count) && count > 0)
            return count;
        Fail(name, "must be a whole number above 0, or null");
        return null;
    }

    /// <summary>A number of dollars; whether its size makes sense is for <see cref="CatalogRules"/> to say.</summary>
    public decimal? Dollars(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal dollars))
            return dollars;
        Fail(name, $"must be a number of dollars, or null, but is {Shown(value)}");
        return null;
    }

    public bool Flag(string name)
    {
        if (Member(name) is not { } value)
            return false;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Fail(name, "must be true or false");
        return false;
    }

    public DateOnly? Date(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (
            value.ValueKind == JsonValueKind.String
            && DateOnly.TryParseExact(
                value.GetString(),
                "yyyy-MM-dd",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out DateOnly date
            )
        )
            return date;
        Fail(name, $"must be a date such as \"2026-10-01\", or null, but is {Shown(value)}");
        return null;
    }

    public DateTimeOffset? UnixTime(string name)
    {
        if (LongCount(name) is not { } seconds)
            return null;
        if (seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            return DateTimeOffset.FromUnixTimeSeconds(seconds);
        Fail(name, "must be a time in seconds since 1970, or null");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name)
    {
        if (Member(name) is not { } value)
            return null;
        bool fits =
            value.ValueKind == JsonValueKind.Array
            && value
                .EnumerateArray()
                .All(item => item.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(item.GetString()));
        if (fits)
            return [.. value.EnumerateArray().Select(item => item.GetString()!)];
        return Fail<IReadOnlyList<string>>(name, "must be a list of texts that are not blank");
    }

    public CatalogObject? Object(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new CatalogObject(value, PathOf(name), ModelId, errors);
        return Fail<CatalogObject>(name, "must be an object, or null");
    }

    public IReadOnlyList<CatalogObject> Objects(string name)
    {
        if (Member(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array)
        {
            Fail(name, "must be a list of objects");
            return [];
        }
        List<CatalogObject> items = [];
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string at = $"{PathOf(name)}[{index++}]";
            if (item.ValueKind == JsonValueKind.Object)
                items.Add(new CatalogObject(item, at, ModelId, errors));
            else
                errors.Add(new CatalogError(at, ModelId, $"must be an object, but is {Shown(item)}"));
        }
        return items;
    }

    /// <summary>
    /// Notes every member that nothing asked for: most often a misspelt name, whose value would silently be lost.
    /// </summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty property in element.EnumerateObject())
            if (!_read.Contains(property.Name))
                Fail(property.Name, "is not a member of the catalogue's format");
    }

    public void Fail(string name, string message) => errors.Add(new CatalogError(PathOf(name), ModelId, message));

    private T? Fail<T>(string name, string message)
        where T : class
    {
        Fail(name, message);
        return null;
    }

    private JsonElement? Member(string name)
    {
        _read.Add(name);
        bool given = element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
        return given ? value : null;
    }

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Shown(JsonElement value)
    {
        string raw = value.GetRawText();
        return raw.Length <= 40 ? raw : $"{raw[..40]}…";
    }
}
