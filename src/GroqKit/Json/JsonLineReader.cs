namespace GroqKit.Json;

/// <summary>Cuts a stream into lines, one in memory at a time. Empty lines are skipped. For one reader.</summary>
internal sealed class JsonLineReader(Stream stream)
{
    private const int FirstSize = 64 * 1024;
    private const int MaxLineBytes = 64 * 1024 * 1024;

    private byte[] _buffer = new byte[FirstSize];
    private int _start;
    private int _end;
    private bool _isOver;

    /// <summary>The line without its end, valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Current { get; private set; }

    /// <summary>Counted from 1, with the empty ones.</summary>
    public int Number { get; private set; }

    /// <exception cref="InvalidDataException">A line is longer than 64 MB.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        int searched = 0;
        while (true)
        {
            int found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0 || (_isOver && _end > _start))
            {
                int length = found >= 0 ? searched + found : _end - _start;
                Take(length, found >= 0 ? length + 1 : length);
                searched = 0;
                if (!Current.IsEmpty)
                    return true;
                continue;
            }
            if (_isOver)
                return false;
            searched = _end - _start;
            await FillAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(int length, int consumed)
    {
        Number++;
        ReadOnlySpan<byte> line = _buffer.AsSpan(_start, length);
        int head = Number == 1 && line.StartsWith("\uFEFF"u8) ? 3 : 0;
        int blank = line.Length - line.TrimEnd(" \t\r"u8).Length;
        Current = _buffer.AsMemory(_start + head, Math.Max(length - head - blank, 0));
        _start += consumed;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        int kept = _end - _start;
        if (kept >= MaxLineBytes)
            throw new InvalidDataException($"Line {Number + 1} is longer than {MaxLineBytes} bytes.");
        byte[] target = kept > _buffer.Length / 2 ? new byte[_buffer.Length * 2] : _buffer;
        _buffer.AsSpan(_start, kept).CopyTo(target);
        _buffer = target;
        _start = 0;
        _end = kept;
        int read = await stream.ReadAsync(_buffer.AsMemory(kept), cancellationToken).ConfigureAwait(false);
        _isOver = read == 0;
        _end += read;
    }
}
