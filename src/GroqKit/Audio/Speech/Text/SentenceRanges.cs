namespace GroqKit.Audio;

/// <summary>Where the sentences of a whole text lie.</summary>
internal static class SentenceRanges
{
    /// <summary>Where the sentences of a text lie, without the spaces around them.</summary>
    public static List<Range> Of(string text)
    {
        var ranges = new List<Range>();
        int start = 0;
        while (start < text.Length)
        {
            int length = SentenceEnd.Find(text.AsSpan(start), 0, complete: true, out _);
            int end = length < 0 ? text.Length : start + length;
            AddTrimmed(ranges, text, start, end);
            start = end;
            // A sentence begins with its first letter; spaces before it would hide that a line begins there.
            while (start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
        }
        return ranges;
    }

    private static void AddTrimmed(List<Range> ranges, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (start < end)
            ranges.Add(start..end);
    }
}
