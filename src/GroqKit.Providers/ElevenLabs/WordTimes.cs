using GroqKit.Audio;

namespace GroqKit.Providers.ElevenLabs;

/// <summary>
/// Puts the times of characters, as they come, together to those of a text's words. The text decides where a word ends, so that one is told with its last
/// character. Not safe for use by several threads at once.
/// </summary>
/// <param name="text">What is said.</param>
/// <param name="isRelative">Whether times count from the beginning of the piece that they come with; else that shows.</param>
internal sealed class WordTimes(string text, bool isRelative = false)
{
    // Times that count from the beginning of the whole never go back; rounding does.
    private const double Rounding = 0.02;

    private string _text = text;
    private bool _isRelative = isRelative;
    private bool _hasBegun;
    private int _place;
    private double _end;
    private int _word = -1;
    private double _wordStart;

    /// <summary>More is said.</summary>
    public void Append(string more) => _text += more;

    /// <param name="characters">The next characters; those that don't stand in the text are as if they weren't there.</param>
    /// <param name="soundBefore">How much sound came before theirs, in seconds; null where that is not known.</param>
    /// <param name="words">Takes the words that end with them.</param>
    public void Add(CharacterTimes characters, double? soundBefore, List<SpokenWord> words)
    {
        int place = FindIn(characters);
        if (place < 0)
            return;
        double expected = _hasBegun ? _end : soundBefore ?? 0;
        _isRelative |= characters.Start(0) + Rounding < expected;
        double before = _isRelative ? soundBefore ?? _end : 0;
        _hasBegun = true;
        for (int i = 0; i < characters.Count; i++)
        {
            double start = Math.Max(before + characters.Start(i), _end);
            _end = Math.Max(before + characters.End(i), start);
            ReadOnlySpan<char> said = characters[i];
            if (said.IsWhiteSpace())
                continue;
            place = Reach(place, said);
            Say(place, place + said.Length, start, words);
            place += said.Length;
        }
        _place = place;
    }

    private void Say(int from, int to, double start, List<SpokenWord> words)
    {
        if (IsEdge(from))
        {
            _word = from;
            _wordStart = start;
        }
        if (_word < 0 || !IsEdge(to))
            return;
        words.Add(
            new SpokenWord(_text[_word..to], _word, TimeSpan.FromSeconds(_wordStart), TimeSpan.FromSeconds(_end))
        );
        _word = -1;
    }

    // Where the characters stand in the text: next, or, when something was left out, where they stand alone. Negative: nowhere.
    private int FindIn(CharacterTimes characters)
    {
        if (Fits(characters, _place))
            return _place;
        _word = -1;
        ReadOnlySpan<char> said = characters.Text.Trim();
        ReadOnlySpan<char> rest = _text.AsSpan(_place);
        int found = said.IsEmpty ? -1 : rest.IndexOf(said);
        return found >= 0 && found == rest.LastIndexOf(said) && IsEdge(_place + found) ? _place + found : -1;
    }

    private bool Fits(CharacterTimes characters, int place)
    {
        for (int i = 0; i < characters.Count; i++)
        {
            ReadOnlySpan<char> said = characters[i];
            if (said.IsWhiteSpace())
                continue;
            place = Reach(place, said);
            if (place < 0)
                return false;
            place += said.Length;
        }
        return true;
    }

    // Where a character stands at or behind a place, with nothing between but what is not said: blanks, directions, tags. Negative: not there.
    private int Reach(int place, ReadOnlySpan<char> said)
    {
        while (true)
        {
            while (place < _text.Length && char.IsWhiteSpace(_text[place]))
                place++;
            ReadOnlySpan<char> rest = _text.AsSpan(place);
            if (rest.StartsWith(said))
                return place;
            int end = rest switch
            {
                ['[', ..] => rest.IndexOf(']'),
                ['<', ..] => rest.IndexOf('>'),
                _ => -1,
            };
            if (end < 0)
                return -1;
            place += end + 1;
        }
    }

    // Where one word ends or another begins.
    private bool IsEdge(int place) =>
        place == 0
        || place >= _text.Length
        || char.IsWhiteSpace(_text[place])
        || char.IsWhiteSpace(_text[place - 1])
        || (WordSpacing.IsUnspaced(_text[place]) && !IsMark(_text[place]));

    private static bool IsMark(char letter) =>
        char.GetUnicodeCategory(letter)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.SpacingCombiningMark;
}
