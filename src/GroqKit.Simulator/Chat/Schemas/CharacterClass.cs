namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>The characters that a class of a regular expression stands for, as far as they are printable ASCII.</summary>
internal static class CharacterClass
{
    private const string Digits = "0123456789";
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private const string WordCharacters = Letters + Digits + "_";

    private static readonly string Printable = string.Concat(Enumerable.Range(' ', '~' - ' ' + 1).Select(c => (char)c));

    /// <summary>Reads on behind the opening bracket, to behind the closing one.</summary>
    /// <exception cref="NotSupportedException">Nothing printable is in it.</exception>
    public static IReadOnlyList<char> Read(string pattern, ref int at)
    {
        bool negated = pattern[at] == '^';
        if (negated)
            at++;
        var members = new HashSet<char>();
        // A bracket that comes first is a member, not the end.
        for (bool isFirst = true; isFirst || pattern[at] != ']'; isFirst = false)
            ReadMember(pattern, ref at, members);
        at++;
        // Letters come first in the complement, as they are the least surprising.
        char[] chosen = negated ? [.. (Letters + Printable).Where(c => !members.Contains(c))] : [.. members];
        return chosen.Length > 0 ? chosen : throw new NotSupportedException("The class holds nothing printable.");
    }

    public static IReadOnlyList<char> Escape(char kind) =>
        [
            .. kind switch
            {
                'd' => Digits,
                'w' => Letters,
                's' => " ",
                'D' or 'S' => Letters,
                'W' => "-",
                't' => "\t",
                'n' => "\n",
                'r' => "\r",
                _ when char.IsLetterOrDigit(kind) => throw new NotSupportedException($"\\{kind} is not made."),
                _ => kind.ToString(),
            },
        ];

    private static void ReadMember(string pattern, ref int at, HashSet<char> members)
    {
        char from = pattern[at++];
        if (from == '\\')
        {
            char kind = pattern[at++];
            members.UnionWith(
                kind switch
                {
                    'w' => WordCharacters,
                    's' => " \t\r\n",
                    'D' => Printable.Except(Digits),
                    'W' => Printable.Except(WordCharacters),
                    'S' => Printable.Except(" "),
                    _ => Escape(kind),
                }
            );
            return;
        }

        members.Add(from);
        if (pattern[at] != '-' || pattern[at + 1] is ']' or '\\')
            return;
        char to = pattern[at + 1];
        at += 2;
        for (int c = from + 1; c <= to && c <= '~'; c++)
            members.Add((char)c);
    }
}
