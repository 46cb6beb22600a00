using System.Text;
using System.Text.Json;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>Text for a string of a schema: by format, by pattern, else names and words of the prompt, fitted to the lengths.</summary>
internal sealed class StringSample(string prompt, Dice dice)
{
    private const int LongestFiller = 100_000;
    private const string Filler = " and more of the same";

    private readonly IReadOnlyList<string> _names = Words.Names(prompt);
    private readonly IReadOnlyList<string> _words = Words.Telling(prompt);
    private int _used;

    /// <param name="schema">An object, or nothing when the schema says nothing.</param>
    /// <param name="name">The property that the text is for.</param>
    public string Value(JsonElement schema, string name)
    {
        if (schema.ValueKind is not JsonValueKind.Object)
            return Plain(name);
        if (SchemaShape.Texts(schema, "format") is [var format] && ForFormat(format) is { } formatted)
            return formatted;
        int shortest = Math.Clamp(SchemaShape.Integer(schema, "minLength") ?? 0, 0, LongestFiller);
        int longest = Math.Max(0, SchemaShape.Integer(schema, "maxLength") ?? int.MaxValue);
        if (
            SchemaShape.Texts(schema, "pattern") is [var pattern]
            && PatternSample.TryMake(pattern, shortest, longest, dice) is { } match
        )
            return match;
        return Fit(Plain(name), shortest, longest);
    }

    /// <summary>Names first, as "Paris" is what a city argument wants; then other words; then the property's own name.</summary>
    private string Plain(string name)
    {
        if (_names.Count > 0)
            return _names[_used++ % _names.Count];
        if (_words.Count > 0)
            return _words[_used++ % _words.Count];
        return name.Length > 0 ? $"simulated {name}" : "simulated";
    }

    /// <summary>Lengths count characters as JSON Schema does: a pair of surrogates is one.</summary>
    private static string Fit(string text, int shortest, int longest)
    {
        var fitted = new StringBuilder();
        int count = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (count == longest)
                return fitted.ToString();
            fitted.Append(rune.ToString());
            count++;
        }

        for (; count < Math.Min(shortest, longest); count++)
            fitted.Append(Filler[count % Filler.Length]);
        return fitted.ToString();
    }

    private string? ForFormat(string format) =>
        format switch
        {
            "date-time" => $"2026-{1 + dice.Roll(12):00}-{1 + dice.Roll(28):00}T12:00:00Z",
            "date" => $"2026-{1 + dice.Roll(12):00}-{1 + dice.Roll(28):00}",
            "time" => $"{dice.Roll(24):00}:{dice.Roll(60):00}:00Z",
            "duration" => $"PT{1 + dice.Roll(59)}M",
            "email" => "ada@example.com",
            "hostname" => "example.com",
            "ipv4" => $"192.0.2.{1 + dice.Roll(254)}",
            "ipv6" => "2001:db8::1",
            "uri" or "url" => "https://example.com/simulated",
            "uuid" => Identifiers.Uuid(dice),
            _ => null,
        };
}
