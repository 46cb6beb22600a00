namespace GroqKit.Simulator.Text;

/// <summary>
/// The simulator's own token: one optional space followed by up to eight letters or digits, or a run of white space, or one other
/// character. English text comes out at about 1.2 tokens a word, near what real tokenizers count; the pieces joined give the text back.
/// </summary>
internal static class TokenRule
{
    private const int LongestWordPiece = 8;

    /// <summary>Where the token that begins at <paramref name="start"/> ends.</summary>
    public static int End(ReadOnlySpan<char> text, int start)
    {
        int at = start;
        if (text[at] == ' ' && at + 1 < text.Length && char.IsLetterOrDigit(text[at + 1]))
            at++;
        if (char.IsLetterOrDigit(text[at]))
            return WordEnd(text, at);
        if (!char.IsWhiteSpace(text[at]))
            return at + (char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1);
        do at++;
        while (at < text.Length && char.IsWhiteSpace(text[at]));
        // A single space belongs to the word behind it.
        bool wordFollows = at < text.Length && text[at - 1] == ' ' && char.IsLetterOrDigit(text[at]);
        return wordFollows && at - 1 > start ? at - 1 : at;
    }

    public static int Count(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int at = 0; at < text.Length; at = End(text, at))
            count++;
        return count;
    }

    /// <summary>The tokens themselves; of no text there are none.</summary>
    public static IEnumerable<string> Pieces(string? text)
    {
        for (int at = 0, end; at < text?.Length; at = end)
        {
            end = End(text, at);
            yield return text[at..end];
        }
    }

    /// <summary>The longest beginning of the text that has at most <paramref name="tokens"/> tokens.</summary>
    public static string Take(string text, int tokens)
    {
        int at = 0;
        for (int i = 0; i < tokens && at < text.Length; i++)
            at = End(text, at);
        return at == text.Length ? text : text[..at];
    }

    private static int WordEnd(ReadOnlySpan<char> text, int start)
    {
        int limit = Math.Min(text.Length, start + LongestWordPiece);
        int at = start + 1;
        while (at < limit && char.IsLetterOrDigit(text[at]))
            at++;
        return at;
    }
}
