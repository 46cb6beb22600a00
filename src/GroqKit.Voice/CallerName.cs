namespace GroqKit.Voice;

/// <summary>The form of the names that callers choose, of tools and of turns: what every provider takes as a tool's, and no address has to escape.</summary>
internal static class CallerName
{
    public const string Rule = "must be 1 to 64 letters, digits, dashes or underscores";

    private const int MaxLength = 64;

    public static bool IsWellFormed(string name) =>
        name.Length is > 0 and <= MaxLength
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_');
}
