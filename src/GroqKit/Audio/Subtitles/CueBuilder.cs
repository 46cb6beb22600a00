using System.Globalization;
using System.Text;

namespace GroqKit.Audio;

/// <summary>Gathers timed words into subtitles that keep within the options' limits.</summary>
internal sealed class CueBuilder(SubtitleOptions options)
{
    private readonly List<SubtitleCue> _cues = [];
    private readonly StringBuilder _text = new();
    private TimeSpan _start;
    private TimeSpan _end;

    /// <summary>Subtitles from words, broken at pauses and sentence ends too.</summary>
    public static List<SubtitleCue> FromWords(IEnumerable<SubtitleCue> words, SubtitleOptions options)
    {
        var builder = new CueBuilder(options);
        foreach (SubtitleCue word in Spaced([.. words]))
            builder.Add(word);
        builder.Close();
        return builder._cues;
    }

    /// <summary>Subtitles from phrases; what is too long is cut, its time shared out by the number of letters.</summary>
    public static List<SubtitleCue> FromSegments(IEnumerable<SubtitleCue> segments, SubtitleOptions options)
    {
        var builder = new CueBuilder(options);
        foreach (SubtitleCue segment in segments)
        {
            foreach (SubtitleCue piece in builder.Fits(segment) ? [segment] : Share(segment))
                builder.Add(piece);
            builder.Close();
        }
        return builder._cues;
    }

    private bool Fits(SubtitleCue segment) =>
        segment.End - segment.Start <= options.MaxDuration && FitsLines(segment.Text);

    private bool FitsLines(string text) => LineWrapper.Wrap(text, options.MaxLineLength).Count <= options.MaxLines;

    private void Add(SubtitleCue word)
    {
        if (string.IsNullOrWhiteSpace(word.Text))
            return;
        if (_text.Length > 0 && IsBreakBefore(word))
            Close();
        if (_text.Length == 0)
            _start = _end = word.Start;
        _text.Append(word.Text);
        _end = word.End > _end ? word.End : _end;
    }

    private bool IsBreakBefore(SubtitleCue word)
    {
        string text = _text.ToString();
        return word.Start - _end > options.MaxPause
            || word.End - _start > options.MaxDuration
            || SentenceEnd.Closes(text)
            || !FitsLines(text + word.Text);
    }

    private void Close()
    {
        if (_text.Length == 0)
            return;
        TimeSpan end = _end - _start > options.MaxDuration ? _start + options.MaxDuration : _end;
        List<string> lines = LineWrapper.Wrap(_text.ToString(), options.MaxLineLength);
        _cues.Add(new SubtitleCue(_start, end, string.Join('\n', lines)));
        _text.Clear();
    }

    // Words come with their leading space, as Whisper's tokens have it, or bare.
    private static IEnumerable<SubtitleCue> Spaced(SubtitleCue[] words)
    {
        bool bare = !Array.Exists(words, word => word.Text.AsSpan().TrimStart().Length < word.Text.Length);
        string before = "";
        foreach (SubtitleCue word in words)
        {
            yield return bare && WordSpacing.IsNeeded(before, word.Text) ? word with { Text = " " + word.Text } : word;
            before = word.Text;
        }
    }

    private static IEnumerable<SubtitleCue> Share(SubtitleCue segment)
    {
        TimeSpan whole = segment.End > segment.Start ? segment.End - segment.Start : TimeSpan.Zero;
        double length = Math.Max(segment.Text.Length, 1);
        int before = 0;
        foreach (string word in Words(segment.Text))
        {
            TimeSpan start = segment.Start + whole * (before / length);
            before += word.Length;
            yield return new SubtitleCue(start, segment.Start + whole * (before / length), word);
        }
    }

    // Each with the space before it. In a script without spaces every character may begin a line.
    private static IEnumerable<string> Words(string text)
    {
        int start = 0;
        for (int i = 0; i < text.Length; )
        {
            int next = i + StringInfo.GetNextTextElementLength(text.AsSpan(i));
            bool ends =
                next == text.Length
                || char.IsWhiteSpace(text[next]) && !char.IsWhiteSpace(text[i])
                || WordSpacing.IsUnspaced(text[i]) && !char.IsPunctuation(text[next])
                || WordSpacing.IsUnspaced(text[next]) && !char.IsPunctuation(text[next]);
            if (ends)
            {
                yield return text[start..next];
                start = next;
            }
            i = next;
        }
    }
}
