using System.Text;

namespace GroqKit.Voice.Writing;

/// <summary>
/// Takes out of Markdown, while it is written, what stands on lines of its own and is not to be read out: code becomes a short phrase, tables become
/// rows of words, rules and marks of headings go. However the text is sliced, what comes out is the same.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
internal sealed class BlockFilter(string codePhrase)
{
    private readonly StringBuilder _head = new();
    private State _state = State.Begin;
    private bool _inCode;
    private char _fence;

    private enum State
    {
        Begin,
        Text,
        Table,
        Drop,
    }

    public string Push(ReadOnlySpan<char> text)
    {
        var output = new StringBuilder(text.Length);
        foreach (char letter in text)
            Take(letter, output);
        return output.ToString();
    }

    public string Complete()
    {
        var output = new StringBuilder();
        if (_state == State.Table)
            WriteRow(output);
        else if (_state == State.Begin && !_inCode && !IsRule(_head.ToString().AsSpan().Trim()))
            output.Append(_head);
        _head.Clear();
        _state = State.Begin;
        _inCode = false;
        return output.ToString();
    }

    private void Take(char letter, StringBuilder output)
    {
        if (letter == '\r')
            return;
        if (letter == '\n')
        {
            EndLine(output);
            return;
        }
        switch (_state)
        {
            case State.Text:
                output.Append(letter);
                break;
            case State.Table:
                _head.Append(letter);
                break;
            case State.Begin:
                _head.Append(letter);
                Decide(output);
                break;
        }
    }

    private void EndLine(StringBuilder output)
    {
        if (_state == State.Table)
            WriteRow(output);
        else if (_state == State.Begin && !_inCode && !IsRule(_head.ToString().AsSpan().Trim()))
            output.Append(_head);
        if (!_inCode)
            output.Append('\n');
        _head.Clear();
        _state = State.Begin;
    }

    // Looks at the beginning of a line, until it is plain what the line is.
    private void Decide(StringBuilder output)
    {
        string head = _head.ToString();
        ReadOnlySpan<char> line = head.AsSpan().TrimStart();
        if (line.IsEmpty)
            return;
        char first = line[0];
        if (first is '`' or '~' && line.Trim(first).IsEmpty)
        {
            if (line.Length == 3 && (!_inCode || _fence == first))
                TurnCode(first, output);
            return;
        }
        if (_inCode)
        {
            _state = State.Drop;
            return;
        }
        if (first == '|')
        {
            _state = State.Table;
            return;
        }
        if (first is '#' or '>')
        {
            ReadOnlySpan<char> rest = line.TrimStart(first);
            if (rest.IsEmpty && line.Length < 7)
                return;
            bool mark = first == '>' || (!rest.IsEmpty && rest[0] == ' ');
            Begin(mark ? rest.TrimStart() : head, output);
            return;
        }
        // A rule is seen only when its line ends.
        if (!IsRule(line))
            Begin(head, output);
    }

    private void Begin(ReadOnlySpan<char> text, StringBuilder output)
    {
        output.Append(text);
        _head.Clear();
        _state = State.Text;
    }

    private void TurnCode(char fence, StringBuilder output)
    {
        _inCode = !_inCode;
        _fence = fence;
        if (_inCode)
            output.Append('\n').Append(codePhrase).Append('\n');
        _state = State.Drop;
    }

    private void WriteRow(StringBuilder output)
    {
        string[] cells = _head
            .ToString()
            .Trim()
            .Trim('|')
            .Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (cells.Length == 0 || cells.All(cell => cell.AsSpan().Trim("-: ").IsEmpty))
            return;
        output.Append('\n').AppendJoin(", ", cells).Append(".\n");
    }

    // ---, ***, ___, ===, also with spaces between; a single mark may still become an item of a list.
    private static bool IsRule(ReadOnlySpan<char> line)
    {
        if (line.IsEmpty || !"-*_=".Contains(line[0]))
            return false;
        foreach (char letter in line)
        {
            if (letter != line[0] && letter is not (' ' or '\t'))
                return false;
        }
        return true;
    }
}
