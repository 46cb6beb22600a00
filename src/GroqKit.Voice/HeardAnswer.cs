using GroqKit.Audio;
using GroqKit.Voice.Speaking;

namespace GroqKit.Voice;

/// <summary>Which words of an answer lie where in its sound, so that history holds what was heard and no more. Safe for all threads.</summary>
public sealed class HeardAnswer
{
    private readonly Lock _gate = new();
    private readonly List<Piece> _pieces = [];

    internal HeardAnswer() { }

    /// <summary>All that was cut to be spoken so far.</summary>
    public string FullText
    {
        get
        {
            lock (_gate)
                return WordSpacing.Join(_pieces.Select(piece => piece.Text));
        }
    }

    /// <summary>How much sound was given so far.</summary>
    public TimeSpan Given
    {
        get
        {
            lock (_gate)
                return _pieces.Aggregate(TimeSpan.Zero, static (sum, piece) => sum + piece.Sound);
        }
    }

    /// <summary>
    /// The words that were heard for certain, when so much of the sound was played; cut at a word. Exact where the voice told when each word is heard,
    /// else by the played part of the sound.
    /// </summary>
    /// <param name="played">How much was played, from the beginning. More than was given counts as all that was given.</param>
    public string TextAt(TimeSpan played)
    {
        var heard = new List<string>();
        lock (_gate)
        {
            foreach (Piece piece in _pieces)
            {
                if (played <= TimeSpan.Zero)
                    break;
                if (piece.IsComplete && played >= piece.Sound)
                {
                    heard.Add(piece.Text);
                }
                else
                {
                    heard.Add(piece.HeardAt(played < piece.Sound ? played : piece.Sound));
                }
                played -= piece.Sound;
            }
        }
        return WordSpacing.Join(heard);
    }

    internal WordTrack AddPiece(string text)
    {
        var piece = new Piece(text);
        lock (_gate)
            _pieces.Add(piece);
        return piece.Words;
    }

    internal void AddSound(int piece, TimeSpan length)
    {
        lock (_gate)
            _pieces[piece].Sound += length;
    }

    internal void Complete(int piece)
    {
        lock (_gate)
            _pieces[piece].IsComplete = true;
    }

    private sealed class Piece(string text)
    {
        public string Text => text;

        public WordTrack Words { get; } = new(text);

        public TimeSpan Sound { get; set; }

        public bool IsComplete { get; set; }

        public string HeardAt(TimeSpan played)
        {
            if (Words.CutAt(played, Sound, IsComplete) is { } cut)
                return text[..cut].TrimEnd();
            TimeSpan usual = text.Length * Wording.UsualPerCharacter;
            TimeSpan whole = IsComplete || Sound > usual ? Sound : usual;
            return whole > TimeSpan.Zero ? Wording.Heard(text, played / whole) : "";
        }
    }
}
