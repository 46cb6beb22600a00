using System.Globalization;
using System.Text.Json;

namespace GroqKit.Catalog;

/// <summary>
/// Reads the members of one JSON object and, instead of stopping at the first mistake, notes each with its path.
/// </summary>
internal sealed class CatalogObject
{
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private readonly List<CatalogError> _errors;

    // A look into the element itself walks through its members each time.
    private readonly Dictionary<string, JsonElement> _members;

    private readonly HashSet<string> _unread;

    public CatalogObject(JsonElement element, string path, string? modelId, List<CatalogError> errors)
    {
        Path = path;
        ModelId = modelId;
        _errors = errors;
        _members = new Dictionary<string, JsonElement>(element.GetPropertyCount(), StringComparer.Ordinal);
        foreach (JsonProperty property in element.EnumerateObject())
            _members.Add(property.Name, property.Value);
        _unread = new HashSet<string>(_members.Keys, StringComparer.Ordinal);
    }

    public string Path { get; }

    public string? ModelId { get; set; }

    /// <summary>
    /// Whether the member is written down, be it as null: a merge keeps the former value of one that is not.
    /// </summary>
    public bool Has(string name)
    {
        _unread.Remove(name);
        return _members.ContainsKey(name);
    }

    public string? Text(string name)
    {
        if (Member(name) is not { } value)
            return null;
        return TextOf(value) ?? Fail<string>(name, "must be a text that is not blank, or null");
    }

    public int? Count(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int count) && count > 0)
            return count;
        Fail(name, "must be a whole number from 1 to 2147483647, or null");
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
        if (DateOnly.TryParseExact(TextOf(value), "yyyy-MM-dd", Invariant, DateTimeStyles.None, out DateOnly date))
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
        string?[]? texts = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(TextOf)] : null;
        if (texts is not null && !texts.Contains(null))
            return texts!;
        return Fail<IReadOnlyList<string>>(name, "must be a list of texts that are not blank");
    }

    public CatalogObject? Object(string name)
    {
        if (Member(name) is not { } value)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new CatalogObject(value, PathOf(name), ModelId, _errors);
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
                items.Add(new CatalogObject(item, at, ModelId, _errors));
            else
                _errors.Add(new CatalogError(at, ModelId, $"must be an object, but is {Shown(item)}"));
        }
        return items;
    }

    /// <summary>
    /// Notes every member that nothing asked for: most often a misspelt name, whose value would silently be lost.
    /// </summary>
    public void RefuseOthers()
    {
        foreach (string name in _members.Keys.Where(_unread.Contains))
            Fail(name, "is not a member of the catalogue's format");
    }

    public void Fail(string name, string message) => _errors.Add(new CatalogError(PathOf(name), ModelId, message));

    private T? Fail<T>(string name, string message)
        where T : class
    {
        Fail(name, message);
        return null;
    }

    private JsonElement? Member(string name)
    {
        _unread.Remove(name);
        bool given = _members.TryGetValue(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null;
        return given ? value : null;
    }

    /// <summary>The text of a value; null when it is none, is blank, or escapes half of a surrogate pair.</summary>
    private static string? TextOf(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        try
        {
            string? text = value.GetString();
            return string.IsNullOrWhiteSpace(text) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private string PathOf(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    private static string Shown(JsonElement value)
    {
        string raw = value.GetRawText();
        return raw.Length <= 40 ? raw : $"{raw[..40]}…";
    }
}
