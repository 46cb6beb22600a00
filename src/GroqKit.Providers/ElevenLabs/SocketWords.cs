using System.Text;
using System.Text.Json;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>The times of words that a socket speaks: their text goes out in one task while its sound comes in by another. Safe for both.</summary>
internal sealed class SocketWords(int? bytesPerSecond)
{
    private readonly Lock _gate = new();
    private readonly CharacterTimes _characters = new();

    // The blank that opens the socket is none of the text.
    private readonly WordTimes _words = new("", isRelative: true);
    private bool _isOpen;
    private long _bytes;

    /// <summary>This goes out.</summary>
    public void Say(string text)
    {
        lock (_gate)
        {
            if (_isOpen)
                _words.Append(text);
            _isOpen = true;
        }
    }

    /// <summary>The words that end with a frame.</summary>
    public IReadOnlyList<SpokenWord> Take(SocketFrame frame)
    {
        var words = new List<SpokenWord>();
        lock (_gate)
        {
            if (frame.Alignment is { ValueKind: JsonValueKind.Object } alignment)
            {
                var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(alignment.GetRawText()));
                reader.Read();
                _characters.Read(ref reader);
                if (_characters.Count > 0)
                    _words.Add(_characters, bytesPerSecond is { } rate ? (double)_bytes / rate : null, words);
            }
            _bytes += frame.Audio?.Length ?? 0;
        }
        return words;
    }
}
