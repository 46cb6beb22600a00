using System.Buffers;
using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>Finds where a sentence ends, in any of the scripts that Groq's models speak.</summary>
internal static class SentenceEnd
{
    // Marks that are sure without a space behind them.
    private const string SureMarks = "。！？｡؟۔।॥።፧។៕။։";
    private const string Marks = ".!?…‽";
    private const string Closers = "\"'”’»›)]}」』》〉）］｝】〕";
    private const string Openers = "\"'“‘«‹({「『《〈（［｛【〔¿¡-–—*•";
    private static readonly SearchValues<char> AllMarks = SearchValues.Create(Marks + SureMarks);
    private const int LongestDirection = 60;

    // The longest word that tells a month from other words must have come before a point is judged.
    private const int LookAhead = 12;
    private const int LongestListMark = 4;

    /// <summary>The position after the first sentence, its quotes and brackets included; -1 when none ends here.</summary>
    /// <param name="text">Text that begins at a sentence's beginning.</param>
    /// <param name="from">Where to look from; what lies before was looked at already.</param>
    /// <param name="complete">Whether no more text will come. If it may, a mark is judged only once enough follows it.</param>
    /// <param name="resume">Where to look from when there is more text.</param>
    public static int Find(ReadOnlySpan<char> text, int from, bool complete, out int resume)
    {
        int i = from;
        while (i < text.Length)
        {
            resume = i;
            int next = Look(text, i, complete, out Verdict verdict);
            if (verdict == Verdict.End)
                return next;
            if (verdict == Verdict.Undecided)
                return -1;
            i = next;
        }
        resume = i;
        return -1;
    }

    /// <summary>Whether a text that goes on after a space has a sentence's end as its end.</summary>
    public static bool Closes(string text)
    {
        string trimmed = text.TrimEnd();
        int mark = trimmed.AsSpan().LastIndexOfAny(AllMarks);
        if (mark < 0 || !trimmed.AsSpan(mark + 1).Trim(Closers).IsEmpty)
            return false;
        while (mark > 0 && Marks.Contains(trimmed[mark - 1]))
            mark--;
        Look(trimmed + " Abcdefghijklmno", mark, complete: true, out Verdict verdict);
        return verdict == Verdict.End;
    }

    /// <summary>A run of marks and what closes after it.</summary>
    /// <param name="Start">Where the marks begin.</param>
    /// <param name="MarksEnd">Where they end.</param>
    /// <param name="End">Where the quotes and brackets behind them end.</param>
    /// <param name="IsSure">Whether one of them needs no space behind it.</param>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Mark(int Start, int MarksEnd, int End, bool IsSure);

    private enum Verdict
    {
        GoOn,
        End,
        Undecided,
    }

    // Looks at one position; gives where the sentence ends, or where to look next.
    private static int Look(ReadOnlySpan<char> text, int i, bool complete, out Verdict verdict)
    {
        verdict = Verdict.GoOn;
        char letter = text[i];
        if (letter == '[')
            return SkipDirection(text, i, complete, ref verdict);
        if (letter is '\n')
            return LookAtLineEnd(text, i, complete, ref verdict);
        bool sure = SureMarks.Contains(letter);
        if (!sure && !Marks.Contains(letter))
            return i + 1;

        int end = i + 1;
        while (end < text.Length && (Marks.Contains(text[end]) || SureMarks.Contains(text[end])))
            sure |= SureMarks.Contains(text[end++]);
        int marksEnd = end;
        while (end < text.Length && Closers.Contains(text[end]))
            end++;
        verdict = Judge(text, new Mark(i, marksEnd, end, sure), complete);
        return verdict == Verdict.Undecided ? i : end;
    }

    private static Verdict Judge(ReadOnlySpan<char> text, Mark mark, bool complete)
    {
        Verdict atEnd = complete ? Verdict.End : Verdict.Undecided;
        if (mark.End == text.Length)
            return atEnd;
        bool quoted = mark.End > mark.MarksEnd;
        if (mark.IsSure)
            return quoted && text[mark.End] is 'と' or 'っ' ? Verdict.GoOn : Verdict.End;
        int next = mark.End;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        if (next == mark.End)
            return text[next] == '[' || WordSpacing.IsUnspaced(text[next]) ? Verdict.End : Verdict.GoOn;
        if (text[mark.End..next].Count('\n') > 1)
            return Verdict.End;
        ReadOnlySpan<char> following = text[next..].TrimStart(Openers);
        if (following.Length == 0)
            return atEnd;
        if (char.IsLower(following[0]))
            return Verdict.GoOn;
        bool point = mark.MarksEnd == mark.Start + 1 && text[mark.Start] == '.';
        if (!point || quoted)
            return Verdict.End;
        if (!complete && following.Length < LookAhead && char.IsAsciiDigit(text[Math.Max(mark.Start - 1, 0)]))
            return Verdict.Undecided;
        return KeepsPoint(text[..mark.Start], following) ? Verdict.GoOn : Verdict.End;
    }

    private static bool KeepsPoint(ReadOnlySpan<char> before, ReadOnlySpan<char> following)
    {
        int start = before.Length;
        while (start > 0 && !char.IsWhiteSpace(before[start - 1]) && !Openers.Contains(before[start - 1]))
            start--;
        int line = start;
        while (line > 0 && before[line - 1] is ' ' or '\t')
            line--;
        bool startsLine = line == 0 || before[line - 1] is '\n' or '\r';
        return Abbreviations.Keeps(before[start..], startsLine, following);
    }

    // What stands in [brackets] is a direction, and no sentence ends within it.
    private static int SkipDirection(ReadOnlySpan<char> text, int i, bool complete, ref Verdict verdict)
    {
        int length = Direction.LengthAt(text[i..], LongestDirection);
        if (length > 0)
            return i + length;
        if (!complete && text.Length - i < LongestDirection && !text[(i + 1)..].ContainsAny("]\n["))
            verdict = Verdict.Undecided;
        return i + 1;
    }

    // An empty line ends a sentence, and so does a line that is followed by an item of a list.
    private static int LookAtLineEnd(ReadOnlySpan<char> text, int i, bool complete, ref Verdict verdict)
    {
        int next = i;
        while (next < text.Length && char.IsWhiteSpace(text[next]))
            next++;
        if (next == text.Length || (!complete && next + LongestListMark > text.Length))
        {
            verdict = complete ? Verdict.GoOn : Verdict.Undecided;
            return i + 1;
        }
        bool ends = text[i..next].Count('\n') > 1 || IsListItem(text[next..]);
        if (ends && !text[..i].IsWhiteSpace())
            verdict = Verdict.End;
        return verdict == Verdict.End ? i : next;
    }

    private static bool IsListItem(ReadOnlySpan<char> line)
    {
        int digits = line.IndexOfAnyExceptInRange('0', '9');
        if (digits is 1 or 2)
            return line[digits] is '.' or ')' && digits + 1 < line.Length && line[digits + 1] == ' ';
        return line.Length > 1 && "-*•–".Contains(line[0]) && line[1] == ' ';
    }
}
