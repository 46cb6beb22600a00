using System.Text;
using System.Text.RegularExpressions;
using GroqKit.Simulator.Text;

namespace GroqKit.Simulator.Chat.Schemas;

/// <summary>
/// Makes text that matches a simple regular expression: literals, classes, groups, alternatives and quantifiers. What it makes is
/// tried against the expression, so a construct beyond that gives null rather than a wrong answer.
/// </summary>
internal sealed class PatternSample
{
    private const int LongestPattern = 2_000;
    private const int LongestText = 10_000;
    private const int MostTries = 40;

    private readonly string _pattern;
    private readonly int _extra;
    private readonly Dice _dice;
    private int _at;
    private int _made;

    private PatternSample(string pattern, int extra, Dice dice)
    {
        _pattern = pattern;
        _extra = extra;
        _dice = dice;
    }

    /// <summary>Text of a length within the bounds, or null.</summary>
    public static string? TryMake(string pattern, int shortest, int longest, Dice dice)
    {
        if (pattern.Length > LongestPattern)
            return null;
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
            // Each try repeats what may be repeated once more, until the text is long enough.
            for (int i = 0; i < MostTries; i++)
            {
                int extra = i == MostTries - 1 ? shortest : i;
                string text = new PatternSample(pattern, extra, dice).Alternatives();
                if (text.Length >= shortest && text.Length <= longest && regex.IsMatch(text))
                    return text;
            }
        }
        catch (Exception exception)
            when (exception
                    is ArgumentException
                        or NotSupportedException
                        or IndexOutOfRangeException
                        or FormatException
                        or OverflowException
                        or RegexMatchTimeoutException
            )
        {
            return null;
        }

        return null;
    }

    private string Alternatives()
    {
        List<string> ways = [Sequence()];
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            ways.Add(Sequence());
        }

        return _dice.Pick(ways);
    }

    private string Sequence()
    {
        var text = new StringBuilder();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            string piece = Atom();
            (int fewest, int? most) = Quantifier();
            int after = _at;
            int repeats = Math.Min(Math.Max(Math.Max(fewest, 1), _extra), most ?? int.MaxValue);
            for (int i = 0; i < repeats; i++)
                text.Append(i == 0 ? piece : Again(start));
            _at = after;
        }

        return text.ToString();
    }

    private string Again(int start)
    {
        _at = start;
        return Atom();
    }

    private string Atom()
    {
        // Nested quantifiers multiply; nobody wants to wait for the product.
        if (++_made > LongestText)
            throw new NotSupportedException("The text would be too long.");
        char next = _pattern[_at++];
        switch (next)
        {
            case '^' or '$':
                return "";
            case '.':
                return "x";
            case '(':
                SkipGroupName();
                string inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return _dice.Pick(CharacterClass.Read(_pattern, ref _at)).ToString();
            case '\\':
                return _dice.Pick(CharacterClass.Escape(_pattern[_at++])).ToString();
            default:
                return next.ToString();
        }
    }

    private void SkipGroupName()
    {
        ReadOnlySpan<char> rest = _pattern.AsSpan(_at);
        if (rest.StartsWith("?:"))
            _at += 2;
        else if (rest.StartsWith("?<") && !rest.StartsWith("?<=") && !rest.StartsWith("?<!"))
            _at = _pattern.IndexOf('>', _at) + 1;
        else if (rest.StartsWith("?"))
            throw new NotSupportedException("Looking around is not made.");
    }

    private (int Fewest, int? Most) Quantifier()
    {
        if (_at >= _pattern.Length)
            return (1, 1);
        (int, int?) bounds = _pattern[_at] switch
        {
            '?' => (0, 1),
            '*' => (0, null),
            '+' => (1, null),
            '{' => Braces(),
            _ => (-1, null),
        };
        if (bounds.Item1 < 0)
            return (1, 1);
        _at++;
        if (_at < _pattern.Length && _pattern[_at] == '?')
            _at++;
        return bounds;
    }

    private (int, int?) Braces()
    {
        int close = _pattern.IndexOf('}', _at);
        string[] parts = _pattern[(_at + 1)..close].Split(',');
        _at = close;
        int fewest = int.Parse(parts[0]);
        return parts.Length == 1 ? (fewest, fewest)
            : parts[1].Length == 0 ? (fewest, null)
            : (fewest, int.Parse(parts[1]));
    }
}
