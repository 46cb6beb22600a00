using System.Buffers.Text;
using System.Text.Json;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>
/// Characters and when each is heard, in seconds. A character is a text, since one may be two UTF-16 units or, where a server splits those, none. What
/// can't be used is as if it weren't there: sound is worth more than its times. Kept for the next answer; not safe for use by several threads at once.
/// </summary>
internal sealed class CharacterTimes
{
    // No text is spoken longer; what lies beyond is no time.
    private const double Longest = 24 * 3600;

    // Several times the longest text that is taken.
    private const int Most = 200_000;
    private const int EscapeLength = 6;

    private readonly List<int> _ends = [];
    private readonly List<double> _starts = [];
    private readonly List<double> _stops = [];
    private char[] _text = [];
    private int _length;

    public int Count => _ends.Count;

    public void Clear()
    {
        _ends.Clear();
        _starts.Clear();
        _stops.Clear();
        _length = 0;
    }

    public ReadOnlySpan<char> Text => _text.AsSpan(0, _length);

    public ReadOnlySpan<char> this[int index] => _text.AsSpan((index == 0 ? 0 : _ends[index - 1]).._ends[index]);

    public double Start(int index) => _starts[index];

    public double End(int index) => _stops[index];

    /// <summary>Reads an alignment of either kind, at whose value the reader stands, and stands at its end then.</summary>
    public void Read(ref Utf8JsonReader reader)
    {
        Clear();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }
        bool areLengths = false;
        double startUnit = 1;
        double stopUnit = 1;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, "characters"u8, "chars"u8, ""u8))
            {
                ReadTexts(ref reader);
            }
            else if (Is(ref reader, "character_start_times_seconds"u8, "charStartTimesMs"u8, ""u8))
            {
                startUnit = reader.ValueTextEquals("charStartTimesMs"u8) ? 0.001 : 1;
                ReadNumbers(ref reader, _starts);
            }
            else if (Is(ref reader, "character_end_times_seconds"u8, "charDurationsMs"u8, "charsDurationsMs"u8))
            {
                areLengths = !reader.ValueTextEquals("character_end_times_seconds"u8);
                stopUnit = areLengths ? 0.001 : 1;
                ReadNumbers(ref reader, _stops);
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }
        if (!Settle(startUnit, stopUnit, areLengths))
            Clear();
    }

    private static bool Is(
        ref Utf8JsonReader reader,
        ReadOnlySpan<byte> one,
        ReadOnlySpan<byte> other,
        ReadOnlySpan<byte> third
    ) => reader.ValueTextEquals(one) || reader.ValueTextEquals(other) || reader.ValueTextEquals(third);

    private bool Settle(double startUnit, double stopUnit, bool areLengths)
    {
        if (_starts.Count != Count || _stops.Count != Count)
            return false;
        double last = 0;
        for (int i = 0; i < Count; i++)
        {
            double start = _starts[i] * startUnit;
            double stop = areLengths ? start + _stops[i] * stopUnit : _stops[i] * stopUnit;
            // False for what is no number too.
            if (!(start >= 0 && start <= Longest && stop >= 0 && stop <= Longest))
                return false;
            _starts[i] = last = Math.Max(start, last);
            _stops[i] = last = Math.Max(stop, last);
        }
        return true;
    }

    private void ReadTexts(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && Count < Most)
            {
                int most = reader.ValueSpan.Length;
                if (_length + most > _text.Length)
                    Array.Resize(ref _text, Math.Max(2 * _text.Length, _length + most + 256));
                _length += Copy(ref reader);
            }
            else
            {
                reader.Skip();
            }
            if (Count < Most)
                _ends.Add(_length);
        }
    }

    private int Copy(ref Utf8JsonReader reader)
    {
        // Half of a pair is no text to JSON's reader; its other half comes as the next character.
        ReadOnlySpan<byte> raw = reader.ValueSpan;
        if (
            raw.Length == EscapeLength
            && raw.StartsWith("\\u"u8)
            && Utf8Parser.TryParse(raw[2..], out ushort unit, out _, 'x')
            && char.IsSurrogate((char)unit)
        )
        {
            _text[_length] = (char)unit;
            return 1;
        }
        try
        {
            return reader.CopyString(_text.AsSpan(_length));
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no text.
            return 0;
        }
    }

    private static void ReadNumbers(ref Utf8JsonReader reader, List<double> into)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            reader.Skip();
            return;
        }
        into.Clear();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (into.Count < Most)
                into.Add(
                    reader.TokenType == JsonTokenType.Number && reader.TryGetDouble(out double value) ? value : -1
                );
            reader.Skip();
        }
    }
}
