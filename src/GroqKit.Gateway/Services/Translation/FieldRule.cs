using System.Text.Json;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Translation;

/// <summary>What one field of a request has to be before any provider is asked.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Expected">What it must be, for the error.</param>
/// <param name="Kinds">The kinds of value that it may have.</param>
internal sealed record FieldRule(string Name, string Expected, params JsonTokenType[] Kinds)
{
    public bool Required { get; init; }

    /// <summary>For numbers.</summary>
    public double Min { get; init; } = double.MinValue;

    /// <summary>For numbers.</summary>
    public double Max { get; init; } = double.MaxValue;

    /// <summary>Numbers have to be whole.</summary>
    public bool Whole { get; init; }

    /// <summary>For arrays: the most items.</summary>
    public int MaxItems { get; init; } = int.MaxValue;

    /// <summary>For strings: the most characters.</summary>
    public int MaxLength { get; init; } = int.MaxValue;

    public static FieldRule Text(string name, bool required = false) =>
        new(name, "a string", JsonTokenType.String) { Required = required };

    public static FieldRule Flag(string name) =>
        new(name, "true, false or null", JsonTokenType.True, JsonTokenType.False);

    public static FieldRule Number(string name, double min, double max) =>
        new(name, "a number or null", JsonTokenType.Number) { Min = min, Max = max };

    public static FieldRule Count(string name, double min, double max) =>
        new(name, "a whole number or null", JsonTokenType.Number)
        {
            Min = min,
            Max = max,
            Whole = true,
        };

    public static FieldRule TextOrList(string name, bool required = false) =>
        new(name, "a string or an array", JsonTokenType.String, JsonTokenType.StartArray) { Required = required };

    public static FieldRule Object(string name) => new(name, "an object or null", JsonTokenType.StartObject);

    public static FieldRule List(string name, bool required = false) =>
        new(name, "an array", JsonTokenType.StartArray) { Required = required };

    /// <param name="value">A well-formed JSON value that isn't null.</param>
    /// <exception cref="GatewayException">It breaks the rule.</exception>
    public void Check(ReadOnlySpan<byte> value)
    {
        var json = new Utf8JsonReader(value);
        json.Read();
        if (!Kinds.Contains(json.TokenType))
            throw RequestErrors.WrongType(Name, Expected);
        switch (json.TokenType)
        {
            case JsonTokenType.Number:
                CheckNumber(ref json);
                break;
            case JsonTokenType.String:
                CheckText(json.GetString()!);
                break;
            case JsonTokenType.StartArray:
                CheckItems(ref json);
                break;
        }
    }

    private void CheckNumber(ref Utf8JsonReader json)
    {
        if (!json.TryGetDouble(out double number) || (Whole && !json.TryGetInt64(out _)))
            throw RequestErrors.WrongType(Name, Expected);
        if (!(number >= Min && number <= Max))
            throw RequestErrors.WrongValue(Name, $"must be between {Min} and {Max}");
    }

    private void CheckText(string text)
    {
        if (Required && text.Length == 0)
            throw RequestErrors.WrongValue(Name, "is empty");
        if (text.Length > MaxLength)
            throw RequestErrors.WrongValue(Name, $"has {text.Length} characters; at most {MaxLength} are allowed");
    }

    private void CheckItems(ref Utf8JsonReader json)
    {
        int count = 0;
        for (; json.Read() && json.TokenType != JsonTokenType.EndArray; count++)
        {
            if (count == MaxItems)
                throw RequestErrors.TooMany(Name, MaxItems);
            json.Skip();
        }
        if (Required && count == 0)
            throw RequestErrors.WrongValue(Name, "is empty");
    }
}
