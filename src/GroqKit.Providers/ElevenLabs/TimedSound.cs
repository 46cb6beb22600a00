using System.Buffers;
using System.Text.Json;
using GroqKit.Providers.Speech;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>Sound with times: JSON objects, one a line, each with a piece of sound and when its characters are heard; or one object alone.</summary>
/// <param name="text">What is said.</param>
/// <param name="bytesPerSecond">Bytes of a second of the sound; null where that is not known.</param>
/// <param name="isLines">Whether a line's end ends an object.</param>
internal sealed class TimedSound(string text, int? bytesPerSecond, bool isLines = true) : ISoundReader
{
    private const int FirstLength = 32 * 1024;

    // Minutes of sound: a line is a sentence or less, an object alone may be the longest text that is taken.
    private const int LongestLine = 16 * 1024 * 1024;
    private const int LongestObject = 128 * 1024 * 1024;

    private readonly CharacterTimes _characters = new();
    private readonly WordTimes _words = new(text);
    private readonly int _most = isLines ? LongestLine : LongestObject;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _start;
    private int _searched;
    private int _filled;
    private bool _hasEnded;
    private long _bytes;

    public async ValueTask<SoundPiece> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        var words = new List<SpokenWord>();
        while (true)
        {
            while (NextLine() is { IsEmpty: false } line)
            {
                byte[] sound = Parse(line.Span);
                if (_characters.Count > 0)
                    _words.Add(_characters, bytesPerSecond is { } rate ? (double)_bytes / rate : null, words);
                _bytes += sound.Length;
                if (sound.Length > 0)
                    return new SoundPiece(sound, words);
            }
            if (_hasEnded)
                return new SoundPiece(default, words);
            MakeRoom();
            int read = await body.ReadAsync(_buffer.AsMemory(_filled), cancellationToken).ConfigureAwait(false);
            _filled += read;
            _hasEnded = read == 0;
        }
    }

    public void Dispose()
    {
        byte[] buffer = _buffer;
        _buffer = [];
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    // Empty while there is none.
    private ReadOnlyMemory<byte> NextLine()
    {
        while (true)
        {
            int length = isLines ? _buffer.AsSpan(_searched.._filled).IndexOf((byte)'\n') : -1;
            int end = length >= 0 ? _searched + length : _filled;
            _searched = end;
            if (length < 0 && !_hasEnded)
                return default;
            ReadOnlyMemory<byte> line = _buffer.AsMemory(_start..end);
            _start = _searched = Math.Min(end + 1, _filled);
            if (line.Span.ContainsAnyExcept(" \t\r\n"u8))
                return line;
            if (length < 0)
                return default;
        }
    }

    // A line stays in one piece, so that its sound is decoded where it lies.
    private void MakeRoom()
    {
        if (_start == _filled)
            _start = _searched = _filled = 0;
        if (_filled < _buffer.Length)
            return;
        int length = _filled - _start;
        if (length >= _most)
            throw new InvalidDataException($"a line has more than {_most} bytes");
        byte[] to = length > _buffer.Length / 2 ? ArrayPool<byte>.Shared.Rent(2 * _buffer.Length) : _buffer;
        _buffer.AsSpan(_start.._filled).CopyTo(to);
        if (to != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = to;
        }
        _searched -= _start;
        _filled = length;
        _start = 0;
    }

    private byte[] Parse(ReadOnlySpan<byte> line)
    {
        _characters.Clear();
        try
        {
            byte[] sound = [];
            var reader = new Utf8JsonReader(line);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new InvalidDataException("a line is no object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isSound = reader.ValueTextEquals("audio_base64"u8);
                bool isTimes = reader.ValueTextEquals("alignment"u8);
                bool isError = reader.ValueTextEquals("detail"u8) || reader.ValueTextEquals("error"u8);
                reader.Read();
                if (isError && reader.TokenType != JsonTokenType.Null)
                    throw new InvalidDataException("an error stands in the place of sound");
                if (isSound && reader.TokenType != JsonTokenType.Null)
                    sound = reader.GetBytesFromBase64();
                else if (isTimes)
                    _characters.Read(ref reader);
                else
                    reader.Skip();
            }
            // Whatever stands behind the object is none of it.
            reader.Read();
            return sound;
        }
        catch (Exception broken) when (broken is JsonException or FormatException or InvalidOperationException)
        {
            throw new InvalidDataException("a line is not the JSON that was expected", broken);
        }
    }
}
