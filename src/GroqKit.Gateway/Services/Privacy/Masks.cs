using System.Collections.Frozen;
using System.Text;
using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// What stands in for what in one call: the same value always gets the same placeholder, such as <c>[EMAIL_1]</c>. Lives no longer than the call;
/// used by one thread at a time.
/// </summary>
/// <param name="isTaken">Whether the caller's own text holds such a placeholder already.</param>
internal sealed class Masks(Predicate<string> isTaken)
{
    // Most texts hold nothing personal.
    private Dictionary<string, string>? _placeholders;
    private Dictionary<string, string>? _values;
    private Dictionary<string, int>? _counts;

    public bool IsEmpty => _values is null;

    /// <summary>What each placeholder stands for.</summary>
    public IReadOnlyDictionary<string, string> Values =>
        _values ?? (IReadOnlyDictionary<string, string>)FrozenDictionary<string, string>.Empty;

    /// <summary>Those that were noted down as <see cref="Values"/>.</summary>
    public static Masks Of(IReadOnlyDictionary<string, string> values) =>
        new(_ => false) { _values = new Dictionary<string, string>(values, StringComparer.Ordinal) };

    /// <summary>Whether a placeholder is one of these.</summary>
    public bool Knows(string placeholder) => _values?.ContainsKey(placeholder) is true;

    public string PlaceholderOf(ReadOnlySpan<char> value, PersonalDataKind kind)
    {
        _placeholders ??= new Dictionary<string, string>(StringComparer.Ordinal);
        _values ??= new Dictionary<string, string>(StringComparer.Ordinal);
        _counts ??= new Dictionary<string, int>(StringComparer.Ordinal);
        if (_placeholders.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(value, out string? known))
            return known;
        string placeholder;
        int number = _counts.GetValueOrDefault(kind.Label);
        do placeholder = $"[{kind.Label}_{++number}]";
        while (isTaken(placeholder));
        _counts[kind.Label] = number;
        string kept = value.ToString();
        _placeholders.Add(kept, placeholder);
        _values.Add(placeholder, kept);
        return placeholder;
    }

    /// <summary>Puts the values back into a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isJson">Whether the text is JSON.</param>
    /// <param name="more">Whether text may follow, so that the beginning of a placeholder at the end is left.</param>
    /// <param name="into">Takes what is ready.</param>
    /// <returns>How much of the text was taken.</returns>
    public int Restore(ReadOnlySpan<char> text, bool isJson, bool more, StringBuilder into)
    {
        int at = 0;
        while (text[at..].IndexOf('[') is var found and >= 0)
        {
            into.Append(text.Slice(at, found));
            at += found;
            if (more && IsBeginning(text[at..]))
                return at;
            int end = text[at..].IndexOf(']');
            string? value = null;
            if (end > 0 && _values is not null)
                _ = _values.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text.Slice(at, end + 1), out value);
            into.Append(
                value is null ? "["
                : isJson ? System.Text.Json.JsonEncodedText.Encode(value).Value
                : value
            );
            at += value is null ? 1 : end + 1;
        }
        into.Append(text[at..]);
        return text.Length;
    }

    private bool IsBeginning(ReadOnlySpan<char> text)
    {
        foreach (string placeholder in (IEnumerable<string>?)_values?.Keys ?? [])
        {
            if (text.Length < placeholder.Length && placeholder.AsSpan().StartsWith(text))
                return true;
        }
        return false;
    }
}
