using GroqKit.Providers;

namespace GroqKit.Voice.Speaking;

/// <summary>
/// When the words of a piece are heard, as far as its voices tell. Each voice that said a part of it has a stretch of its own: the last may have begun
/// where the one before broke off. Safe for all threads.
/// </summary>
internal sealed class WordTrack(string text)
{
    // No piece is longer; what lies beyond is no time.
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly List<Stretch> _stretches = [];
    private readonly Queue<SpokenWord> _untold = new();

    /// <summary>From here on, another says the text.</summary>
    /// <param name="place">From which character on.</param>
    /// <param name="at">After how much sound of the piece.</param>
    public void Begin(int place, TimeSpan at)
    {
        lock (_gate)
        {
            _stretches.Add(new Stretch(place, at));
            // What the voice before told ahead of its sound is not heard.
            for (int left = _untold.Count; left > 0; left--)
            {
                if (_untold.Dequeue() is var word && word.Start < at)
                    _untold.Enqueue(word);
            }
        }
    }

    /// <summary>Takes words of whoever speaks now. Those that can't be found in the text count as none.</summary>
    public void Add(IReadOnlyList<SpokenWord> words)
    {
        lock (_gate)
        {
            Stretch now = _stretches[^1];
            foreach (SpokenWord word in words)
            {
                if (Locate(word, now) is not { } found)
                    continue;
                now.Words.Add(found);
                _untold.Enqueue(found);
            }
        }
    }

    /// <summary>The next word that begins before a place of the piece's sound, once; null when there is none.</summary>
    public SpokenWord? Take(TimeSpan before)
    {
        lock (_gate)
            return _untold.TryPeek(out SpokenWord? next) && next.Start < before ? _untold.Dequeue() : null;
    }

    /// <summary>Where the words end that were heard for certain; null when nobody told of any.</summary>
    /// <param name="played">How much of the piece's sound was heard.</param>
    /// <param name="sound">How much there is.</param>
    /// <param name="isComplete">Whether more will come.</param>
    public int? CutAt(TimeSpan played, TimeSpan sound, bool isComplete)
    {
        lock (_gate)
        {
            if (!_stretches.Exists(stretch => stretch.Words.Count > 0))
                return null;
            int cut = 0;
            for (int i = 0; i < _stretches.Count && _stretches[i].At <= played; i++)
            {
                Stretch? next = i + 1 < _stretches.Count ? _stretches[i + 1] : null;
                TimeSpan until = next is null || played < next.At ? played : next.At;
                TimeSpan? end = next is null && isComplete ? sound : null;
                cut = Math.Max(cut, Cut(_stretches[i], until, sound, end));
            }
            return cut;
        }
    }

    /// <summary>Where to go on when the sound breaks off; null when whoever spoke last told of no words.</summary>
    /// <param name="given">How much sound of the piece there is.</param>
    public int? PlaceAt(TimeSpan given)
    {
        lock (_gate)
            return _stretches is [.., { Words.Count: > 0 } last] ? Cut(last, given, given, null) : null;
    }

    private int Cut(Stretch stretch, TimeSpan played, TimeSpan sound, TimeSpan? end)
    {
        int place = stretch.Place;
        TimeSpan from = stretch.At;
        foreach (SpokenWord word in stretch.Words)
        {
            // A word that is under way is not heard.
            if (word.End > played)
                return Between(place, from, word.Place, word.Start, played);
            (place, from) = (word.Place + word.Text.Length, word.End);
        }
        TimeSpan usual = from + (text.Length - place) * Wording.UsualPerCharacter;
        return Between(place, from, text.Length, end ?? (usual > sound ? usual : sound), played);
    }

    // Of words whose times nobody tells, those are heard that the played part of the sound between their neighbours reaches.
    private int Between(int place, TimeSpan from, int next, TimeSpan to, TimeSpan played)
    {
        string untold = text[place..next];
        if (string.IsNullOrWhiteSpace(untold) || played <= from)
            return place;
        return place + Wording.Heard(untold, played >= to ? 1 : (played - from) / (to - from)).Length;
    }

    // The same word by its place in the piece and in the piece's sound.
    private SpokenWord? Locate(SpokenWord word, Stretch stretch)
    {
        int most = text.Length - stretch.Place - word.Text.Length;
        if (word.Text.Length == 0 || word.Place < 0 || word.Place > most)
            return null;
        int place = stretch.Place + word.Place;
        SpokenWord? last = stretch.Words is [.., var before] ? before : null;
        if (
            !text.AsSpan(place).StartsWith(word.Text)
            || place < last?.Place + last?.Text.Length
            || word.Start < TimeSpan.Zero
            || word.End < word.Start
            || word.End > Longest
        )
            return null;
        TimeSpan start = stretch.At + word.Start;
        TimeSpan end = stretch.At + word.End;
        return last is not null && start < last.End
            ? new SpokenWord(word.Text, place, last.End, end > last.End ? end : last.End)
            : new SpokenWord(word.Text, place, start, end);
    }

    private sealed record Stretch(int Place, TimeSpan At)
    {
        public List<SpokenWord> Words { get; } = [];
    }
}
