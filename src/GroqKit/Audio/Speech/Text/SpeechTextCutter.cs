using System.Buffers;
using System.Globalization;

namespace GroqKit.Audio;

/// <summary>
/// Cuts text into pieces that a speech model takes: whole sentences where they fit, else at the best place within one, never in a
/// word unless the word alone is too long. The pieces together are the text, without the spaces at the cuts.
/// </summary>
internal static class SpeechTextCutter
{
    // A cut this early in a piece costs more in flow than a better mark gains.
    private const double EarliestCut = 0.4;

    private static readonly SearchValues<char> GroupLetters = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ+-/()."
    );

    /// <summary>Cuts a text.</summary>
    /// <param name="text">Any text.</param>
    /// <param name="maxLength">Characters (UTF-16 units) that a piece may have.</param>
    /// <param name="firstSentenceAlone">Whether the first piece holds one sentence only, so that its sound is there sooner.</param>
    public static IReadOnlyList<string> Cut(string text, int maxLength, bool firstSentenceAlone = false)
    {
        var pieces = new List<Range>();
        foreach (Range sentence in Speakable(text))
        {
            int start = sentence.Start.Value;
            int end = sentence.End.Value;
            bool apart = firstSentenceAlone && pieces.Count == 1;
            if (pieces.Count > 0 && !apart && end - pieces[^1].Start.Value <= maxLength)
                pieces[^1] = pieces[^1].Start..end;
            else
                Break(text, start, end, maxLength, pieces);
        }
        return [.. pieces.Select(piece => text[piece])];
    }

    // Directions and marks that stand alone go with the sentence before them, or, at the beginning, with the one after.
    private static List<Range> Speakable(string text)
    {
        var sentences = new List<Range>();
        foreach (Range sentence in SentenceRanges.Of(text))
        {
            bool joins =
                sentences.Count > 0
                && (Direction.IsAll(text.AsSpan()[sentence]) || Direction.IsAll(text.AsSpan()[sentences[^1]]));
            if (joins)
                sentences[^1] = sentences[^1].Start..sentence.End;
            else
                sentences.Add(sentence);
        }
        return sentences;
    }

    private static void Break(string text, int start, int end, int maxLength, List<Range> pieces)
    {
        while (end - start > maxLength)
        {
            int cut = start + BestCut(text.AsSpan(start, end - start), maxLength);
            int last = cut;
            while (char.IsWhiteSpace(text[last - 1]))
                last--;
            pieces.Add(start..last);
            start = cut;
            while (char.IsWhiteSpace(text[start]))
                start++;
        }
        pieces.Add(start..end);
    }

    // The text begins with no space, ends with none, and is longer than allowed.
    private static int BestCut(ReadOnlySpan<char> text, int maxLength)
    {
        Span<int> last = stackalloc int[(int)CutQuality.Clause + 1];
        int earliest = Math.Max((int)(maxLength * EarliestCut), 1);
        for (int i = 1; i <= maxLength; i++)
        {
            CutQuality quality = QualityAt(text, i, maxLength);
            if (quality == CutQuality.Number)
                last[(int)quality] = i;
            for (CutQuality lower = CutQuality.Direction; lower <= quality; lower++)
                last[(int)lower] = i;
        }
        for (CutQuality quality = CutQuality.Clause; quality >= CutQuality.Script; quality--)
        {
            if (last[(int)quality] >= earliest)
                return last[(int)quality];
        }
        if (last[(int)CutQuality.Space] > 0)
            return last[(int)CutQuality.Space];
        if (last[(int)CutQuality.Direction] > 0)
            return last[(int)CutQuality.Direction];
        if (last[(int)CutQuality.Number] > 0)
            return last[(int)CutQuality.Number];
        return WithinWord(text, maxLength);
    }

    private static CutQuality QualityAt(ReadOnlySpan<char> text, int i, int maxLength)
    {
        char before = text[i - 1];
        char after = text[i];
        if (char.IsWhiteSpace(after))
        {
            if (IsWithinDirection(text, i, maxLength))
                return CutQuality.None;
            if (Direction.IsAll(text[i..]))
                return CutQuality.Direction;
            if (IsWithinNumber(text, i))
                return CutQuality.Number;
            return before switch
            {
                ']' => CutQuality.Direction,
                ';' or ':' or '—' or '–' or '؛' or '!' or '?' or '…' => CutQuality.Clause,
                ',' or '،' or ')' => CutQuality.Comma,
                _ => CutQuality.Space,
            };
        }
        if (char.IsWhiteSpace(before) || char.IsLowSurrogate(after) || IsWithinDirection(text, i, maxLength))
            return CutQuality.None;
        if (Direction.LengthAt(text[i..], maxLength) > 0)
            return Direction.IsAll(text[i..]) ? CutQuality.Direction : CutQuality.Space;
        if (before == ']')
            return CutQuality.Direction;
        if ("；：—".Contains(before))
            return CutQuality.Clause;
        if ("，、".Contains(before))
            return CutQuality.Comma;
        bool script = WordSpacing.IsUnspaced(before) && WordSpacing.IsUnspaced(after);
        return script && char.IsLetter(after) && char.IsLetter(before) ? CutQuality.Script : CutQuality.None;
    }

    private static bool IsWithinDirection(ReadOnlySpan<char> text, int i, int longest)
    {
        int open = text[..i].LastIndexOf('[');
        return open >= 0 && open + Direction.LengthAt(text[open..], longest) > i;
    }

    // Between the groups of a telephone's, a card's or an account's number, which belong to one breath.
    private static bool IsWithinNumber(ReadOnlySpan<char> text, int i)
    {
        ReadOnlySpan<char> rest = text[i..].TrimStart();
        int end = rest.IndexOfAny(" \n\t");
        ReadOnlySpan<char> next = end < 0 ? rest : rest[..end];
        int start = text[..i].LastIndexOfAny(" \n\t");
        ReadOnlySpan<char> previous = text[(start + 1)..i];
        return IsGroup(previous)
            && IsGroup(next.TrimEnd(".,;:!?)"))
            && (previous.ContainsAnyInRange('0', '9') || next.ContainsAnyInRange('0', '9'));
    }

    private static bool IsGroup(ReadOnlySpan<char> word) => word.Length > 0 && !word.ContainsAnyExcept(GroupLetters);

    private static int WithinWord(ReadOnlySpan<char> text, int maxLength)
    {
        int end = 0;
        while (true)
        {
            int next = end + StringInfo.GetNextTextElementLength(text[end..]);
            if (next > maxLength)
                break;
            end = next;
        }
        if (end == 0)
            end = char.IsLowSurrogate(text[maxLength]) && maxLength > 1 ? maxLength - 1 : maxLength;
        return end;
    }

    /// <summary>How well a place suits a cut; a better one counts as a worse one too.</summary>
    private enum CutQuality
    {
        None,
        Number,
        Direction,
        Script,
        Space,
        Comma,
        Clause,
    }
}
