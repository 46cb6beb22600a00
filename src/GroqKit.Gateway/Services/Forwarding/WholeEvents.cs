namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>Takes whole events, as <see cref="EventScanner"/> finds them, one by one.</summary>
/// <param name="bytes">Whole events and nothing after them.</param>
internal ref struct WholeEvents(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _left = bytes;

    /// <summary>The event with its blank line.</summary>
    public ReadOnlySpan<byte> Event { get; private set; }

    /// <summary>The value of its data line; empty for comments and what has several.</summary>
    public ReadOnlySpan<byte> Data { get; private set; }

    public bool MoveNext()
    {
        if (_left.IsEmpty)
            return false;
        ReadOnlySpan<byte> data = default;
        int lines = 0;
        int at = 0;
        while (at < _left.Length)
        {
            int length = _left[at..].IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = length < 0 ? _left[at..] : _left.Slice(at, length);
            at = length < 0 ? _left.Length : at + length + 1;
            if (length >= 0 && _left[at - 1] == '\r' && at < _left.Length && _left[at] == '\n')
                at++;
            if (line.IsEmpty)
                break;
            if (line.StartsWith("data:"u8))
            {
                data = line[5..];
                lines++;
            }
        }
        Event = _left[..at];
        Data = lines == 1 ? data.Trim(" \t"u8) : default;
        _left = _left[at..];
        return true;
    }
}
