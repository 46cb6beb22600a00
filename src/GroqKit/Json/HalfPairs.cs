using System.Text.Json;
using GroqKit.Errors;

namespace GroqKit.Json;

/// <summary>
/// Finds halves of surrogate pairs, which are no text: they have no form in UTF-8, and another letter would silently be sent for each. Mostly they
/// come from a text that was cut at a count of characters.
/// </summary>
internal static class HalfPairs
{
    public const string Problem = "holds half of a surrogate pair, which is no text: cut texts between characters.";

    /// <summary>Whether there is one in a text.</summary>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        int at;
        while ((at = text.IndexOfAnyInRange('\ud800', '\udfff')) >= 0)
        {
            if (at + 1 == text.Length || !char.IsSurrogatePair(text[at], text[at + 1]))
                return true;
            text = text[(at + 2)..];
        }
        return false;
    }

    /// <summary>Whether there is one in a JSON string.</summary>
    public static bool IsIn(JsonElement text)
    {
        try
        {
            return text.ValueKind == JsonValueKind.String && IsIn(text.GetString());
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    /// <summary>Checks a body that <see cref="GroqJson.Encoder"/> wrote.</summary>
    /// <exception cref="GroqValidationException">There is one; its place is named.</exception>
    public static void Check(ReadOnlySpan<byte> body, string prefix = "")
    {
        // The encoder writes this for nothing else: a U+FFFD that was given stays a plain letter.
        if (body.IndexOf("\\uFFFD"u8) >= 0 && FindPlace(body) is { } place)
            throw Rules.Invalid(prefix + place, Problem);
    }

    private static string? FindPlace(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = GroqJson.MaxDepth });
        var place = new JsonPlace();
        while (reader.Read())
        {
            place.Enter(ref reader);
            if (reader.ValueIsEscaped && IsIn(reader.ValueSpan))
                return place.ToString();
        }
        return null;
    }

    private static bool IsIn(ReadOnlySpan<byte> escaped)
    {
        int at;
        while ((at = escaped.IndexOf((byte)'\\')) >= 0)
        {
            escaped = escaped[at..];
            if (escaped.StartsWith("\\uFFFD"u8))
                return true;
            escaped = escaped[2..];
        }
        return false;
    }
}
