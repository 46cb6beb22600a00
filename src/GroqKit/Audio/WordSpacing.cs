using System.Text;

namespace GroqKit.Audio;

/// <summary>Whether words are written with a space between them, which Chinese, Japanese, Thai and some others do without.</summary>
internal static class WordSpacing
{
    /// <summary>Whether a space belongs between two pieces of text that follow each other.</summary>
    public static bool IsNeeded(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        left.Length > 0
        && right.Length > 0
        && !char.IsWhiteSpace(left[^1])
        && !char.IsWhiteSpace(right[0])
        && !(IsUnspaced(left[^1]) && IsUnspaced(right[0]));

    /// <summary>Whether the letter belongs to a script without spaces between words.</summary>
    public static bool IsUnspaced(char letter) =>
        letter
            is (>= '\u0E00' and <= '\u0EFF') // Thai, Lao
                or (>= '\u1000' and <= '\u109F') // Burmese
                or (>= '\u1780' and <= '\u17FF') // Khmer
                or (>= '\u2E80' and <= '\u9FFF') // Chinese, Japanese
                or (>= '\uF900' and <= '\uFAFF')
                or (>= '\uFF00' and <= '\uFFEF')
                or (>= '\uD840' and <= '\uD88D'); // Chinese beyond the first plane

    /// <summary>Joins pieces, each of them trimmed, with a space where the script wants one; empty ones are left out.</summary>
    public static string Join(IEnumerable<string?> pieces)
    {
        var text = new StringBuilder();
        char last = ' ';
        foreach (string? piece in pieces)
        {
            ReadOnlySpan<char> trimmed = piece.AsSpan().Trim();
            if (trimmed.Length == 0)
                continue;
            if (text.Length > 0 && IsNeeded([last], trimmed))
                text.Append(' ');
            text.Append(trimmed);
            last = trimmed[^1];
        }
        return text.ToString();
    }
}
