namespace GroqKit.Audio;

/// <summary>A vocal direction such as [cheerful]: it colours what follows, so it never stands apart and is never cut.</summary>
internal static class Direction
{
    /// <summary>How long the direction is that the text begins with, brackets included; 0 when it begins with none.</summary>
    public static int LengthAt(ReadOnlySpan<char> text, int longest)
    {
        if (text.Length == 0 || text[0] != '[')
            return 0;
        ReadOnlySpan<char> inner = text[1..Math.Min(text.Length, longest)];
        int end = inner.IndexOfAny("]\n[");
        return end > 0 && inner[end] == ']' ? end + 2 : 0;
    }

    /// <summary>How many characters stand outside of directions.</summary>
    public static int LengthWithout(ReadOnlySpan<char> text)
    {
        int length = 0;
        for (int i = 0; i < text.Length; )
        {
            int direction = LengthAt(text[i..], text.Length);
            length += direction == 0 ? 1 : 0;
            i += Math.Max(direction, 1);
        }
        return length;
    }

    /// <summary>Whether nothing but directions, marks and spaces is in the text, so that it can't be spoken alone.</summary>
    public static bool IsAll(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; )
        {
            int length = LengthAt(text[i..], text.Length);
            if (length == 0 && IsSpoken(text, i))
                return false;
            i += Math.Max(length, 1);
        }
        return true;
    }

    // A surrogate is a letter or an emoji; either is something to say.
    private static bool IsSpoken(ReadOnlySpan<char> text, int i) =>
        char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]);
}
