using System.Runtime.InteropServices;
using GroqKit.Audio;

namespace GroqKit.Voice.Writing;

/// <summary>
/// Cuts an answer into the pieces that are spoken, while a model writes it. The first is short, so that its sound is there soon: up to the first
/// pause of a sentence. Later ones are whole sentences, short ones joined: voices sound better over longer pieces. However the text is sliced, the
/// pieces are the same.
/// </summary>
/// <remarks>Not safe for use by several threads at once.</remarks>
internal sealed class PieceCutter(int shortest, int longest, string codePhrase)
{
    private const int EarliestClause = 12;
    private const int FirstWords = 2;
    private const int ForcedWords = 5;
    private const string ClauseMarks = ",;:—–،؛";
    private const string SureClauseMarks = "，、；：";

    private readonly BlockFilter _blocks = new(codePhrase);
    private readonly List<char> _pending = [];
    private int _resume;
    private string _gathered = "";
    private bool _begun;

    /// <summary>Whether the first piece was given.</summary>
    public bool HasBegun => _begun;

    /// <summary>Takes more text and gives the pieces that are sure now.</summary>
    public List<string> Push(ReadOnlySpan<char> text)
    {
        _pending.AddRange(_blocks.Push(text).AsSpan());
        return Take(complete: false);
    }

    /// <summary>Ends the text and gives what remains of it.</summary>
    public List<string> Complete()
    {
        _pending.AddRange(_blocks.Complete().AsSpan());
        List<string> pieces = Take(complete: true);
        Release(pieces);
        _begun = false;
        return pieces;
    }

    /// <summary>A first piece now, cut between two words, because somebody has waited long; null when there are too few words.</summary>
    public string? Force()
    {
        ReadOnlySpan<char> text = CollectionsMarshal.AsSpan(_pending);
        int cut = text.LastIndexOfAny(' ', '\n');
        if (_begun || _gathered.Length > 0 || cut <= 0 || text.Contains('['))
            return null;
        string piece = InlineText.Clean(text[..cut].ToString());
        // A word that may belong to what follows ("No. 5", "Dr. Who", "on 3 May") does not end a piece.
        // Nor does one that a number may go on behind: an account's number cut in two is neither said well nor known for one.
        if (CountWords(piece) < ForcedWords || piece[^1] == '.' || LastWords(piece).ContainsAnyInRange('0', '9'))
            return null;
        _pending.RemoveRange(0, cut);
        _resume = 0;
        _begun = true;
        return piece;
    }

    private List<string> Take(bool complete)
    {
        var pieces = new List<string>();
        ReadOnlySpan<char> text = CollectionsMarshal.AsSpan(_pending);
        int start = 0;
        while (true)
        {
            int blank = start;
            while (start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
            _resume = Math.Max(_resume - (start - blank), 0);
            ReadOnlySpan<char> rest = text[start..];
            int sentence = SentenceEnd.Find(rest, Math.Min(_resume, rest.Length), complete, out int seen);
            if (sentence < 0 && complete && rest.Length > 0)
                sentence = rest.Length;
            int known = Math.Min(sentence < 0 ? Math.Min(seen, rest.Length) : sentence, 2 * longest);
            int clause = _begun ? -1 : FindClause(rest[..known]);
            int length = clause > 0 ? clause : sentence;
            // Also of a sentence whose end is known: it would have been cut before its end came.
            if (clause <= 0 && seen >= 2 * longest)
                length = FirstCut(rest[..(2 * longest)]);
            if (length <= 0)
            {
                _resume = seen;
                break;
            }
            Gather(rest[..length], isClause: clause > 0, pieces);
            start += length;
            _resume = 0;
        }
        _pending.RemoveRange(0, start);
        return pieces;
    }

    private void Gather(ReadOnlySpan<char> sentence, bool isClause, List<string> pieces)
    {
        string clean = InlineText.Clean(sentence.ToString());
        if (!InlineText.IsSpoken(clean))
            return;
        string joined = _gathered.Length == 0 ? clean : WordSpacing.Join([_gathered, clean]);
        if (Direction.IsAll(joined))
        {
            // Alone it makes no sound: it waits for the words that it belongs to.
            _gathered = joined;
            return;
        }
        if (!_begun)
        {
            _gathered = joined;
            if (isClause || CountWords(joined) >= FirstWords)
                Release(pieces);
            return;
        }
        if (joined.Length > longest)
        {
            Release(pieces);
            joined = clean;
        }
        _gathered = joined;
        if (_gathered.Length >= shortest)
            Release(pieces);
    }

    private void Release(List<string> pieces)
    {
        if (Direction.IsAll(_gathered))
            _gathered = "";
        if (_gathered.Length > 0)
            pieces.AddRange(SpeechTextCutter.Cut(_gathered, longest));
        _begun |= _gathered.Length > 0;
        _gathered = "";
    }

    // The first pause within a sentence that comes late enough to have something to say before it.
    private static int FindClause(ReadOnlySpan<char> text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '[')
            {
                i += Math.Max(Direction.LengthAt(text[i..], text.Length - i) - 1, 0);
                continue;
            }
            if (i + 1 < EarliestClause)
                continue;
            if (SureClauseMarks.Contains(text[i]))
                return i + 1;
            if (ClauseMarks.Contains(text[i]) && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]))
                return i + 1;
        }
        return -1;
    }

    private int FirstCut(ReadOnlySpan<char> text)
    {
        string window = text.ToString();
        string first = SpeechTextCutter.Cut(window, longest)[0];
        return window.IndexOf(first, StringComparison.Ordinal) + first.Length;
    }

    private static ReadOnlySpan<char> LastWords(string piece)
    {
        int last = piece.LastIndexOf(' ');
        return piece.AsSpan(last <= 0 ? 0 : piece.LastIndexOf(' ', last - 1) + 1);
    }

    private static int CountWords(string text)
    {
        int words = 0;
        bool within = false;
        foreach (char letter in text)
        {
            // Where words are not spaced, two letters are taken for one.
            if (WordSpacing.IsUnspaced(letter))
            {
                words += within ? 1 : 0;
                within = !within;
                continue;
            }
            bool letters = char.IsLetterOrDigit(letter);
            words += letters && !within ? 1 : 0;
            within = letters || (within && letter is '\'' or '’' or '-');
        }
        return words;
    }
}
