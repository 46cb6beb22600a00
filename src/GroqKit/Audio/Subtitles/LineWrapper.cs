using System.Globalization;

namespace GroqKit.Audio;

/// <summary>Breaks text into lines of about equal length, between words where there are any.</summary>
internal static class LineWrapper
{
    /// <summary>The fewest lines that hold the text, made as even as they can be.</summary>
    public static List<string> Wrap(string text, int maxLength)
    {
        List<string> lines = Fill(text, maxLength);
        int narrow = 1;
        int wide = maxLength;
        while (lines.Count > 1 && narrow < wide)
        {
            int width = (narrow + wide) / 2;
            List<string> attempt = Fill(text, width);
            if (attempt.Count > lines.Count)
            {
                narrow = width + 1;
                continue;
            }
            lines = attempt;
            wide = width;
        }
        return lines;
    }

    private static List<string> Fill(string text, int width)
    {
        var lines = new List<string>();
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        while (rest.Length > width)
        {
            int end = BreakPoint(rest, width);
            lines.Add(rest[..end].TrimEnd().ToString());
            rest = rest[end..].TrimStart();
        }
        if (rest.Length > 0 || lines.Count == 0)
            lines.Add(rest.ToString());
        return lines;
    }

    private static int BreakPoint(ReadOnlySpan<char> text, int width)
    {
        for (int i = width; i > 0; i--)
        {
            if (char.IsWhiteSpace(text[i]))
                return i;
        }
        // No space: between the characters a reader sees, never within one.
        int end = StringInfo.GetNextTextElementLength(text);
        while (end < text.Length)
        {
            int next = end + StringInfo.GetNextTextElementLength(text[end..]);
            if (next > width)
                break;
            end = next;
        }
        return end;
    }
}
