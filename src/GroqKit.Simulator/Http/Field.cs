using System.Text.Json;
using GroqKit.Simulator.Errors;

namespace GroqKit.Simulator.Http;

/// <summary>A value of the request and where it stands. Every reader either gives the value or ends the request with an error that names the place.</summary>
internal readonly record struct Field(JsonElement Value, string Path)
{
    /// <summary>The last part of the path.</summary>
    public string Name { get; init; } = Path;

    public bool IsNull => Value.ValueKind is JsonValueKind.Null;

    public bool IsText => Value.ValueKind is JsonValueKind.String;

    public bool IsArray => Value.ValueKind is JsonValueKind.Array;

    public bool IsObject => Value.ValueKind is JsonValueKind.Object;

    public string Text()
    {
        if (!IsText)
            throw Must("be a string");
        return Value.GetString()!;
    }

    public string NonEmptyText() => Text() is { Length: > 0 } text ? text : throw Must("not be empty");

    public string OneOf(params ReadOnlySpan<string> allowed)
    {
        string text = IsText ? Text() : "";
        return allowed.Contains(text) ? text : throw Must($"be one of {string.Join(", ", allowed!)}");
    }

    public bool Bool() =>
        Value.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            _ => throw Must("be a boolean"),
        };

    public int Integer(int min, int max)
    {
        bool isInteger = Value.ValueKind is JsonValueKind.Number && Value.TryGetInt32(out _);
        int value = isInteger ? Value.GetInt32() : 0;
        return isInteger && value >= min && value <= max
            ? value
            : throw Must(
                max == int.MaxValue ? $"be an integer of at least {min}" : $"be an integer from {min} to {max}"
            );
    }

    public long Integer() =>
        Value.ValueKind is JsonValueKind.Number && Value.TryGetInt64(out long value)
            ? value
            : throw Must("be an integer");

    public double Number(double min, double max) =>
        Value.ValueKind is JsonValueKind.Number && Value.GetDouble() is var value && value >= min && value <= max
            ? value
            : throw Must($"be a number from {min} to {max}");

    public IEnumerable<Field> Items(int min, int max)
    {
        if (!IsArray)
            throw Must("be an array");
        int count = Value.GetArrayLength();
        if (count < min)
            throw Must($"have at least {min} {(min == 1 ? "item" : "items")}");
        if (count > max)
            throw Must($"have at most {max} items, not {count}");
        return Items();
    }

    public IEnumerable<Field> Properties()
    {
        if (!IsObject)
            throw Must("be an object");
        return ReadProperties();
    }

    public Field Require(string name) =>
        Value.TryGetProperty(name, out JsonElement value)
            ? Child(name, value)
            : throw Child(name, default).Error($"{Child(name, default).Path} is required");

    /// <summary>The error for a property that the object must not have.</summary>
    public ApiException Unsupported()
    {
        int dot = Path.LastIndexOf('.');
        string where = dot < 0 ? "" : $"'{Path[..dot].Replace("[", ".").Replace("]", "")}' : ";
        return Error($"{where}property '{Name}' is unsupported");
    }

    public ApiException Must(string rule) => Error($"{Path} must {rule}");

    public ApiException Error(string message, string? code = null) => new(ApiErrors.Invalid(message, Path, code));

    private IEnumerable<Field> Items()
    {
        int index = 0;
        foreach (JsonElement item in Value.EnumerateArray())
            yield return new Field(item, $"{Path}[{index++}]");
    }

    private IEnumerable<Field> ReadProperties()
    {
        foreach (JsonProperty property in Value.EnumerateObject())
            yield return Child(NameOf(property), property.Value);
    }

    private Field Child(string name, JsonElement value) =>
        new(value, Path.Length == 0 ? name : $"{Path}.{name}") { Name = name };

    private string NameOf(JsonProperty property)
    {
        try
        {
            return property.Name;
        }
        catch (InvalidOperationException)
        {
            throw Error("a property name is not valid Unicode");
        }
    }
}
