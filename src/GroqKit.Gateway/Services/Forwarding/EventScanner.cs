using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// Watches a provider's event stream go by. Finds where whole events end, and picks usage, finish reason, errors and the end out of
/// them. Works on any cutting of the bytes and looks at every byte once; of the many chunks that differ in their words alone, one is parsed.
/// </summary>
/// <param name="countTo">Up to how many pieces of output are counted; looking into more of them would be for nothing.</param>
internal sealed class EventScanner(int countTo = 1)
{
    private int _line;
    private int _searched;
    private int _dataStart;
    private int _dataEnd;
    private int _dataLines;
    private bool _errorEvent;
    private bool _begun;
    private bool _pairs;
    private long _shortest = long.MaxValue;
    private long _events;
    private long _eventBytes;
    private ChunkShape? _shape;

    public StreamState State { get; private set; }

    public TokenUsage Usage { get; private set; }

    public string? FinishReason { get; private set; }

    /// <summary>The tier that served; null for the usual one.</summary>
    public string? ServiceTier { get; private set; }

    /// <summary>What the provider ran of its own tools; null where it ran none.</summary>
    public ToolUses? Tools { get; private set; }

    /// <summary>True once the model's words, thoughts or tool calls began.</summary>
    public bool HasOutput => Outputs > 0;

    /// <summary>How many pieces of output came, counted up to what is asked for.</summary>
    public int Outputs { get; private set; }

    /// <summary>How often a choice has ended.</summary>
    public int Endings { get; private set; }

    /// <summary>The data of the error event, when <see cref="State"/> is failed or stopped.</summary>
    public ReadOnlyMemory<byte> ErrorData { get; private set; }

    /// <summary>
    /// An estimate of the bytes the model wrote: what each event holds beyond the shortest one, which is the envelope alone.
    /// </summary>
    public long OutputBytes => _events == 0 ? 0 : _eventBytes - _events * _shortest;

    /// <summary>
    /// Goes on with the bytes not yet passed on: those left over from the last call, then new ones.
    /// </summary>
    /// <returns>How many bytes from the start may be passed on: whole events and comments, never half of one, nor one that is an error.</returns>
    public int Scan(ReadOnlySpan<byte> bytes)
    {
        int whole = 0;
        while (State == StreamState.Running)
        {
            int found = bytes[_searched..].IndexOfAny((byte)'\n', (byte)'\r');
            if (found < 0)
            {
                _searched = bytes.Length;
                break;
            }
            int end = _searched + found;
            int next = end + 1;
            bool blank = end == _line;
            if (bytes[end] == '\r')
            {
                // A CR at the very end may be half of a CRLF. Where lines have ended with lone CRs so far, a blank line isn't kept
                // waiting: should an LF follow after all, it is one more blank line.
                if (next == bytes.Length && (!blank || _pairs))
                {
                    _searched = end;
                    break;
                }
                if (next < bytes.Length && bytes[next] == '\n')
                {
                    next++;
                    _pairs = true;
                }
            }
            if (TakeLine(bytes, _line, end))
                whole = State is StreamState.Running or StreamState.Done ? next : whole;
            _line = _searched = next;
        }
        Shift(whole);
        return whole;
    }

    /// <summary>Reads the line; true when everything up to its end may be passed on.</summary>
    private bool TakeLine(ReadOnlySpan<byte> bytes, int start, int end)
    {
        ReadOnlySpan<byte> line = bytes[start..end];
        if (!_begun)
        {
            _begun = true;
            if (line.StartsWith("\uFEFF"u8))
                return TakeLine(bytes, start + 3, end);
        }
        if (line.IsEmpty)
        {
            EndEvent(bytes);
            return true;
        }
        if (line[0] == ':')
            return _dataLines == 0 && !_errorEvent;
        if (line.StartsWith("data:"u8))
        {
            int value = start + 5;
            if (value < end && bytes[value] == ' ')
                value++;
            if (_dataLines++ == 0)
                _dataStart = value;
            _dataEnd = end;
        }
        else if (line.StartsWith("event:"u8))
        {
            _errorEvent = line[6..].Trim((byte)' ').SequenceEqual("error"u8);
        }
        return false;
    }

    private void EndEvent(ReadOnlySpan<byte> bytes)
    {
        if (_dataLines == 1)
            TakeData(bytes[_dataStart.._dataEnd]);
        else if (_dataLines > 1)
            TakeData(JoinLines(bytes[_dataStart.._dataEnd]));
        _dataLines = 0;
        _errorEvent = false;
    }

    private void TakeData(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("[DONE]"u8))
        {
            State = StreamState.Done;
            return;
        }
        ReadOnlySpan<byte> json = data.Trim(" \t"u8);
        if (json.IsEmpty || json[0] != '{' || json[^1] != '}')
        {
            State = StreamState.Malformed;
            return;
        }
        _events++;
        _eventBytes += json.Length;
        _shortest = Math.Min(_shortest, json.Length);
        if (!_errorEvent && _shape?.Fits(json) is true)
        {
            if (Outputs < countTo)
                Outputs++;
            return;
        }
        bool brings = ChunkReader.HasOutput(json);
        if (brings && Outputs < countTo)
            Outputs++;
        if (!ChunkReader.TryRead(json, out ChunkFacts facts))
        {
            State = StreamState.Malformed;
            return;
        }
        Take(facts);
        if (State is StreamState.Failed or StreamState.Stopped)
            ErrorData = json.ToArray();
        else if (ToolUses.IsTold(json))
            Tools = ToolUses.Read(json, Tools);
        else if (brings && facts.IsPlain)
            (_shape ??= new ChunkShape()).Learn(json);
    }

    private void Take(ChunkFacts facts)
    {
        Usage = Usage.Larger(facts.Usage);
        FinishReason = facts.FinishReason ?? FinishReason;
        ServiceTier = facts.ServiceTier ?? ServiceTier;
        Endings += facts.Endings;
        if (_errorEvent || facts.HasError)
            State = StreamState.Failed;
        else if (facts.StoppedEarly)
            State = StreamState.Stopped;
    }

    private void Shift(int passedOn)
    {
        _line -= passedOn;
        _searched -= passedOn;
        _dataStart -= passedOn;
        _dataEnd -= passedOn;
    }

    // Allowed by the format, sent by nobody known: the lines of one event's data, joined by line feeds, are one text.
    private static byte[] JoinLines(ReadOnlySpan<byte> lines)
    {
        var joined = new MemoryStream(lines.Length);
        bool first = true;
        foreach (Range range in lines.SplitAny("\r\n"u8))
        {
            ReadOnlySpan<byte> line = lines[range];
            if (!first)
            {
                if (!line.StartsWith("data:"u8))
                    continue;
                joined.WriteByte((byte)'\n');
                line = line[5..];
                line = line.StartsWith(" "u8) ? line[1..] : line;
            }
            joined.Write(line);
            first = false;
        }
        return joined.ToArray();
    }
}
