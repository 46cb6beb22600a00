namespace GroqKit.Providers.Choosing;

/// <summary>
/// Whether a text holds program code: a fenced block, or three lines that end in one of <c>; { }</c> or begin with a word that languages begin
/// definitions with.
/// </summary>
public static class CodeSigns
{
    private const int Enough = 3;

    private static readonly string[] Beginnings =
    [
        "def ",
        "class ",
        "function ",
        "import ",
        "from ",
        "#include",
        "using ",
        "namespace ",
        "public ",
        "private ",
        "const ",
        "let ",
        "var ",
        "fn ",
        "func ",
        "return ",
        "SELECT ",
        "INSERT ",
        "CREATE ",
    ];

    /// <summary>Looks for the signs.</summary>
    /// <param name="text">Any text.</param>
    public static bool AreIn(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Contains("```", StringComparison.Ordinal))
            return true;
        int lines = 0;
        foreach (ReadOnlySpan<char> raw in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> line = raw.Trim();
            if (line.Length > 0 && (line[^1] is ';' or '{' or '}' || BeginsLikeCode(line)) && ++lines == Enough)
                return true;
        }
        return false;
    }

    private static bool BeginsLikeCode(ReadOnlySpan<char> line)
    {
        foreach (string beginning in Beginnings)
        {
            if (line.StartsWith(beginning, StringComparison.Ordinal))
                return true;
        }
        return false;
    }
}
