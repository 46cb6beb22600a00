using System.Text.RegularExpressions;

namespace GroqKit.EndToEnd.Features;

/// <summary>
/// The tests of one source file and the requirements they name. Reads text rather than assemblies: every test project counts, whether or not it
/// was built before this one, and none has to be listed anywhere.
/// </summary>
internal sealed partial class TestFile
{
    private readonly string _source;
    private readonly List<TestMethod> _tests = [];
    private readonly Dictionary<string, string[]> _classes = new(StringComparer.Ordinal);

    // What stands before the next declaration.
    private readonly List<string> _ids = [];
    private bool _isTest;
    private string? _type;

    private TestFile(string source) => _source = source;

    public IReadOnlyList<TestMethod> Tests => _tests;

    /// <summary>The requirements of a class as a whole.</summary>
    public IReadOnlyDictionary<string, string[]> Classes => _classes;

    /// <exception cref="FormatException">A requirement stands on something that is neither a class nor a test.</exception>
    public static TestFile Parse(string source)
    {
        var file = new TestFile(source);
        file.Scan(SourceText.Blank(source));
        return file;
    }

    private void Scan(string code)
    {
        var open = new Stack<Scope>();
        foreach (Match token in Tokens().Matches(code))
        {
            // Bodies of methods hold no tests: only the file itself and the bodies of types are read.
            bool amongMembers = open.Count == 0 || open.Peek().Type is not null;
            switch (token.Value[0])
            {
                case '(':
                    open.Push(new Scope());
                    break;
                case '[':
                    open.Push(
                        new Scope { IsAttribute = amongMembers && BeginsDeclaration(code.AsSpan(0, token.Index)) }
                    );
                    break;
                case '{':
                    open.Push(new Scope { Type = amongMembers ? Declare(open) : null });
                    break;
                case ')' or ']' or '}':
                    open.Pop();
                    break;
                case '=' or ';':
                    if (amongMembers)
                        Declare(open);
                    break;
                default:
                    if (amongMembers && token.Groups["type"].Success)
                        _type = token.Groups["type"].Value;
                    else if (open.Count > 0 && open.Peek().IsAttribute)
                        ReadAttribute(token);
                    break;
            }
        }
    }

    /// <summary>A bracket after anything but these is an index or a collection.</summary>
    private static bool BeginsDeclaration(ReadOnlySpan<char> before) =>
        before.TrimEnd() is [] or [.., '{' or '}' or ';' or ']'];

    private void ReadAttribute(Match token)
    {
        if (token.Groups["test"].Success)
            _isTest = true;
        else if (token.Groups["requirement"].Success)
        {
            // The blanked text has the same length, so the ids are read from the original.
            int end = _source.IndexOf(')', token.Index);
            _ids.AddRange(Quoted().Matches(_source[token.Index..end]).Select(id => id.Groups["text"].Value));
        }
    }

    /// <summary>A brace, an arrow or a semicolon ends what a declaration says of itself.</summary>
    private string? Declare(Stack<Scope> open)
    {
        string outer = string.Join('.', open.Select(scope => scope.Type).OfType<string>().Reverse());
        string? type = _type;
        if (type is not null)
        {
            if (_ids.Count > 0)
                _classes.Add(outer.Length == 0 ? type : $"{outer}.{type}", [.. _ids]);
        }
        else if (_isTest)
            _tests.Add(new TestMethod(outer, [.. _ids]));
        else if (_ids.Count > 0)
            throw new FormatException(
                $"[Requirement(\"{_ids[0]}\")] in {outer} stands on something that is not a test."
            );
        _ids.Clear();
        _isTest = false;
        _type = null;
        return type;
    }

    [GeneratedRegex(
        """
            [\[\](){};] | => | \b(?:class|record\s+struct|record|struct|interface|enum)\s+(?<type>(?!where\b)\w+) |
            \b(?<requirement>Requirement)(?:Attribute)?\s*(?=\() | \b(?<test>\w*(?:Fact|Theory|Property))(?:Attribute)?\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Tokens();

    [GeneratedRegex("\"(?<text>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Quoted();

    private readonly record struct Scope(string? Type, bool IsAttribute);
}
