using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace GroqKit.Simulator.Text;

/// <summary>Picks out of a text the words that say what it is about.</summary>
internal static partial class Words
{
    private const int ShortestTelling = 4;
    private const int LongestRead = 4_000;

    private static readonly FrozenSet<string> Common = """
        about after again also answer because been before being could does doing each from gets give given have having here into
        just know like made make many more most much must need only other over please reply return returns same should some such
        tell than that their them then there these they thing this those time under upon used uses using very want what when where
        which while will with would write your yours function tool tools call calls value values current short word words sentence
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Words of at least four letters that are not everyday ones, in lower case, each once, in order; names in snake or camel case are split.</summary>
    public static IReadOnlyList<string> Telling(string text)
    {
        if (text.Length > LongestRead)
            text = text[..LongestRead];
        List<string> found = [];
        foreach (ValueMatch match in WordPattern.EnumerateMatches(text))
        {
            if (match.Length < ShortestTelling)
                continue;
            string word = text.AsSpan(match.Index, match.Length).ToString().ToLowerInvariant();
            if (!Common.Contains(word) && !found.Contains(word))
                found.Add(word);
        }

        return found;
    }

    /// <summary>Words with a capital that do not begin a sentence: most likely names, the best guess at what an argument should hold.</summary>
    public static IReadOnlyList<string> Names(string text)
    {
        List<string> found = [];
        foreach (Match match in NamePattern.Matches(text.Length > LongestRead ? text[..LongestRead] : text))
        {
            if (!found.Contains(match.Value))
                found.Add(match.Value);
        }

        return found;
    }

    [GeneratedRegex(
        @"\p{Lu}?[\p{Ll}\p{Lo}\p{M}]+|\p{Lu}+(?!\p{Ll})",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex WordPattern { get; }

    [GeneratedRegex(
        @"(?<=[\p{Ll}\p{N},;:] )\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}+)*",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex NamePattern { get; }
}
