namespace GroqKit.Cli.Hosting;

/// <summary>Text from elsewhere without the characters that control a terminal.</summary>
internal static class Printable
{
    /// <summary>Lines and tabs stay.</summary>
    public static string Text(string text) =>
        Filter(text, static letter => letter is '\n' or '\t' || !char.IsControl(letter));

    /// <summary>A single line: what controls becomes a blank.</summary>
    public static string Line(string text) => Filter(text, static letter => !char.IsControl(letter), ' ');

    private static string Filter(string text, Func<char, bool> isKept, char? instead = null) =>
        text.All(isKept)
            ? text
            : string.Concat(text.Select(letter => isKept(letter) ? letter.ToString() : instead?.ToString() ?? ""));
}
