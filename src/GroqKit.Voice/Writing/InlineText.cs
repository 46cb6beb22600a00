using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace GroqKit.Voice.Writing;

/// <summary>Makes of a written sentence what is said: no marks of Markdown, no addresses, no emoji.</summary>
internal static partial class InlineText
{
    private const int Patience = 200;

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`~[<:#+•–-");

    public static string Clean(string sentence)
    {
        string text = sentence;
        if (text.AsSpan().ContainsAny(Marks))
        {
            text = ListMark().Replace(text, "");
            text = Image().Replace(text, "${text}");
            text = Link().Replace(text, "${text}");
            text = Address().Replace(text, static match => match.Groups["host"].Value);
            text = Tag().Replace(text, " ");
            text = Strong().Replace(text, "");
            text = Emphasis().Replace(text, "");
            // From within: lists stand in lists.
            while (Data().IsMatch(text))
                text = Data().Replace(text, "${text}");
        }
        return Squeeze(text);
    }

    /// <summary>Whether there is a letter or a figure to say.</summary>
    public static bool IsSpoken(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune))
                return true;
        }
        return false;
    }

    // Emoji and what joins them go; runs of spaces become one.
    private static string Squeeze(string text)
    {
        var clean = new StringBuilder(text.Length);
        bool space = false;
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune))
            {
                space = clean.Length > 0;
                continue;
            }
            if (IsPicture(rune))
                continue;
            if (space)
                clean.Append(' ');
            space = false;
            clean.Append(rune);
        }
        return clean.ToString();
    }

    private static bool IsPicture(Rune rune)
    {
        int value = rune.Value;
        if (value is 0x200D or 0x20E3 or (>= 0xFE00 and <= 0xFE0F) or (>= 0x1F3FB and <= 0x1F3FF))
            return true;
        // Signs that are read out ("°", "©", "№") are symbols too, but none of them lies here.
        return Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherSymbol or UnicodeCategory.OtherNotAssigned
            && value is (>= 0x2190 and <= 0x2BFF) or >= 0x1F000;
    }

    [GeneratedRegex(@"^\s*(?:[-*+•–]\s+)+", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex ListMark();

    [GeneratedRegex(@"!\[(?<text>[^\]]*)\]\([^)]*\)?", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Image();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)?", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Link();

    [GeneratedRegex(
        @"<?\b(?:https?|ftp)://(?:www\.)?(?<host>[\p{L}\p{N}.-]*[\p{L}\p{N}])(?::\d+)?(?:[/?#][^\s<>""]*[^\s<>"".,;:!?)\]])?/?>?",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex Address();

    [GeneratedRegex(@"</?[a-zA-Z][a-zA-Z0-9]*(?:\s[^<>]*)?/?>", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Tag();

    // A voice says nothing of what stands in brackets, which is right for [softly] and wrong for ["red", "blue"] and [1, 2].
    [GeneratedRegex(
        @"\[(?<text>[^\[\]\n]*[""{}][^\[\]\n]*|[\d\s.+-]+(?:,[\d\s.+-]+)+)\]",
        RegexOptions.ExplicitCapture,
        Patience
    )]
    private static partial Regex Data();

    [GeneratedRegex(@"\*\*|__|~~|`+", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Strong();

    // Stars and lines at the edges of words; those within (snake_case, 2*3) stay.
    [GeneratedRegex(@"(?<![\p{L}\p{N}])[*_]+|[*_]+(?![\p{L}\p{N}])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Emphasis();
}
