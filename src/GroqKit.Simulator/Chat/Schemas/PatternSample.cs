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
    private const int MostRepeats = 1_000;

    private readonly string _pattern;
    private readonly int _extra;
    private readonly Dice _dice;
    private int _at;

    private PatternSample(string pattern, int extra, Dice dice)
    {
        _pattern = pattern;
        _extra = extra;
        _dice = dice;
    }

    public static string? TryMake(string pattern, int shortest, Dice dice)
    {
        try
        {
            var regex = new Regex(pattern, RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(50));
            foreach (int extra in (ReadOnlySpan<int>)[0, shortest])
            {
                string text = new PatternSample(pattern, Math.Min(extra, MostRepeats), dice).Alternatives();
                if (text.Length >= shortest && regex.IsMatch(text))
                    return text;
            }
        }
        catch (Exception exception)
            when (exception
                    is ArgumentException
                        or NotSupportedException
                        or IndexOutOfRangeException
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
            int repeats = Math.Min(Math.Max(Math.Max(fewest, 1), _extra), Math.Min(most ?? MostRepeats, MostRepeats));
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
        char next = _pattern[_at++];
        switch (next)
        {
            case '^' or '$':
                return "";
            case '.':
                return "x";
            case '(':
                if (_pattern.AsSpan(_at).StartsWith("?:"))
                    _at += 2;
                string inner = Alternatives();
                _at++;
                return inner;
            case '[':
                return Class();
            case '\\':
                return Escape(_pattern[_at++]).ToString();
            default:
                return next.ToString();
        }
    }

    private string Class()
    {
        bool negated = _pattern[_at] == '^';
        if (negated)
            _at++;
        List<char> members = [];
        while (_pattern[_at] != ']')
        {
            char from = _pattern[_at++];
            if (from == '\\')
                from = Escape(_pattern[_at++]);
            members.Add(from);
            if (_pattern[_at] == '-' && _pattern[_at + 1] != ']')
            {
                char to = _pattern[_at + 1];
                _at += 2;
                for (char c = (char)(from + 1); c <= to && members.Count < 512; c++)
                    members.Add(c);
            }
        }

        _at++;
        if (!negated)
            return _dice.Pick(members).ToString();
        return "abcdefghijklmnopqrstuvwxyz0123456789 _-".First(c => !members.Contains(c)).ToString();
    }

    private char Escape(char kind) =>
        kind switch
        {
            'd' => (char)('0' + _dice.Roll(10)),
            'w' => (char)('a' + _dice.Roll(26)),
            's' => ' ',
            'D' or 'S' => 'x',
            'W' => '-',
            'b' or 'B' => throw new NotSupportedException("Word boundaries are not made."),
            't' => '\t',
            'n' => '\n',
            _ => kind,
        };

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
