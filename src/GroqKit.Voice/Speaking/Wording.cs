namespace GroqKit.Voice.Speaking;

/// <summary>Finds words in a text by how much of it was heard.</summary>
internal static class Wording
{
    /// <summary>How long a character is spoken, where nothing tells better.</summary>
    public static readonly TimeSpan UsualPerCharacter = TimeSpan.FromMilliseconds(65);

    /// <summary>The words at the beginning that were heard for certain.</summary>
    /// <param name="text">The text.</param>
    /// <param name="part">How much of its sound was heard, 0 to 1.</param>
    public static string Heard(string text, double part) => text[..CutAt(text, part)].TrimEnd();

    /// <summary>The words from the one that was not heard to its end.</summary>
    /// <inheritdoc cref="Heard"/>
    public static string Rest(string text, double part) => text[CutAt(text, part)..].TrimStart();

    // The last end of a word at or before the place that the heard part of the sound leads to.
    private static int CutAt(string text, double part)
    {
        int place = (int)Math.Round(Math.Clamp(part, 0, 1) * text.Length);
        if (place >= text.Length)
            return text.Length;
        while (place > 0 && !IsEnd(text, place))
            place--;
        return place;
    }

    private static bool IsEnd(string text, int place) =>
        char.IsWhiteSpace(text[place])
        || (Audio.WordSpacing.IsUnspaced(text[place]) && !char.IsLowSurrogate(text[place]));
}
