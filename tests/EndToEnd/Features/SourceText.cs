namespace GroqKit.EndToEnd.Features;

/// <summary>
/// C# source with comments and the contents of literals blanked out, character for character, so that what is left can be
/// searched without mistaking a string for code. Positions are those of the original.
/// </summary>
internal sealed class SourceText
{
    private readonly string _source;
    private readonly char[] _code;
    private int _at;

    private SourceText(string source)
    {
        _source = source;
        _code = source.ToCharArray();
    }

    public static string Blank(string source)
    {
        var text = new SourceText(source);
        text.Code(insideHole: false);
        return new string(text._code);
    }

    private void Code(bool insideHole)
    {
        int braces = 0;
        while (_at < _source.Length)
        {
            char c = _source[_at];
            if (Starts("//"))
                Skip(End("\n", _at));
            else if (Starts("/*"))
                Skip(End("*/", _at + 2) + 2);
            else if (c == '\'')
                Skip(Character());
            else if (c is '"' or '@' or '$' && Opening() is { Quotes: > 0 } opening)
                Literal(opening);
            else if (insideHole && c == '}' && braces == 0)
                return;
            else
            {
                braces += c switch
                {
                    '{' => 1,
                    '}' => -1,
                    _ => 0,
                };
                _at++;
            }
        }
    }

    private (int Prefix, bool Verbatim, int Dollars, int Quotes) Opening()
    {
        int at = _at;
        bool verbatim = false;
        int dollars = 0;
        for (; at < _source.Length && _source[at] is '@' or '$'; at++)
        {
            verbatim |= _source[at] == '@';
            dollars += _source[at] == '$' ? 1 : 0;
        }
        int quotes = Run('"', at);
        // Two quotes are an empty string, not the start of a raw one.
        return (at - _at, verbatim, dollars, quotes is 0 or >= 3 && !verbatim ? quotes : 1);
    }

    private void Literal((int Prefix, bool Verbatim, int Dollars, int Quotes) opening)
    {
        _at += opening.Prefix + opening.Quotes;
        while (_at < _source.Length)
        {
            int quotes = Run('"', _at);
            if (opening.Verbatim && quotes >= 2)
                Skip(_at + 2);
            else if (quotes >= opening.Quotes)
            {
                _at += opening.Quotes >= 3 ? quotes : 1;
                return;
            }
            else if (opening.Quotes == 1 && !opening.Verbatim && _source[_at] == '\\')
                Skip(_at + 2);
            else if (opening.Dollars > 0 && _source[_at] == '{')
                Hole(opening.Dollars);
            else
                Skip(_at + 1);
        }
    }

    /// <summary>As many braces as dollars open a hole; in a string with one dollar two of them are a brace.</summary>
    private void Hole(int dollars)
    {
        int braces = Run('{', _at);
        bool opens = dollars == 1 ? braces % 2 == 1 : braces >= dollars;
        Skip(_at + braces);
        if (!opens)
            return;
        Code(insideHole: true);
        Skip(_at + Math.Min(dollars, Run('}', _at)));
    }

    private int Character()
    {
        int at = _at + 1;
        while (at < _source.Length && _source[at] is not ('\'' or '\n'))
            at += _source[at] == '\\' ? 2 : 1;
        return at + 1;
    }

    private int Run(char c, int from)
    {
        int at = from;
        while (at < _source.Length && _source[at] == c)
            at++;
        return at - from;
    }

    private bool Starts(string text) => _source.AsSpan(_at).StartsWith(text, StringComparison.Ordinal);

    private int End(string mark, int from)
    {
        int end = from < _source.Length ? _source.IndexOf(mark, from, StringComparison.Ordinal) : -1;
        return end < 0 ? _source.Length : end;
    }

    private void Skip(int to)
    {
        for (to = Math.Min(to, _source.Length); _at < to; _at++)
        {
            if (_code[_at] is not ('\n' or '\r'))
                _code[_at] = ' ';
        }
    }
}
