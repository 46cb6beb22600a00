using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace GroqKit.TestKit.Contract;

/// <summary>JSON Schema's patterns are ECMAScript's: digits and word characters are ASCII, and <c>$</c> is the very end.</summary>
internal static class EcmaPattern
{
    private static readonly ConcurrentDictionary<string, Regex> Known = new(StringComparer.Ordinal);

    public static Regex Of(string pattern) =>
        Known.GetOrAdd(pattern, text => new Regex(EndAtEnd(text), RegexOptions.ECMAScript, TimeSpan.FromSeconds(5)));

    /// <summary>.NET's <c>$</c> also matches before a last line feed; <c>\z</c> does not.</summary>
    private static string EndAtEnd(string pattern)
    {
        var text = new StringBuilder(pattern.Length);
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                text.Append(c).Append(pattern[++i]);
                continue;
            }
            inClass = c == '[' || (inClass && c != ']');
            text.Append(c == '$' && !inClass ? @"\z" : c);
        }
        return text.ToString();
    }
}
