namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Numbers of digits alone: cards, personal ids of states, telephones.</summary>
internal sealed class NumberDetector : IPersonalDataDetector
{
    private const int MaxGroups = 32;
    private const int MaxGap = 3;

    // Years, counts and times are most of the numbers in a text.
    private const int FewestDigits = 6;

    // No number has more groups, so that many have to be seen again when the text goes on.
    private const int LongestNumber = 8;

    public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
    {
        Span<Range> groups = stackalloc Range[MaxGroups];
        int from = 0;
        while (from < text.Length && text[from..].IndexOfAnyInRange('0', '9') is var next and >= 0)
        {
            int count = Read(text, from + next, groups);
            var run = new NumberRun(text, groups[..count]);
            if (run.Digits(0, count - 1) < FewestDigits)
            {
                from = run.End(count - 1);
                continue;
            }
            int group = 0;
            int found = -1;
            // A full list may have been cut in the middle of a number.
            int stop = count == MaxGroups ? count - LongestNumber : count;
            while (group < stop)
            {
                bool goesOn = group > 0 && found != group - 1 && run.Gap(group - 1).Length == 1;
                int last = LastOf(in run, group, goesOn, out PersonalDataKind kind);
                if (last >= 0)
                    findings.Add(Found(in run, group, found = last, kind));
                group = Math.Max(last, group) + 1;
            }
            from = run.End(group - 1);
        }
    }

    private static int Read(ReadOnlySpan<char> text, int start, Span<Range> groups)
    {
        int count = 0;
        int at = start;
        while (true)
        {
            int end = at;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            groups[count++] = at..end;
            at = end;
            while (at < text.Length && at - end < MaxGap && IsGap(text[at]))
                at++;
            if (count == groups.Length || at == end || at == text.Length || !char.IsAsciiDigit(text[at]))
                return count;
        }
    }

    private static int LastOf(in NumberRun run, int group, bool goesOn, out PersonalDataKind kind)
    {
        kind = PersonalDataKind.Card;
        if (CardNumbers.LastOf(in run, group) is var card and >= 0)
            return card;
        kind = PersonalDataKind.NationalId;
        if (NationalNumbers.LastOf(in run, group) is var id and >= 0)
            return id;
        kind = PersonalDataKind.Phone;
        return PhoneNumbers.LastOf(in run, group, goesOn);
    }

    private static Finding Found(in NumberRun run, int first, int last, PersonalDataKind kind)
    {
        int start = run.Start(first);
        ReadOnlySpan<char> before = run.Before(first);
        bool opens = before is [.., '+'] || (before is [.., '('] && last > first && run.Gap(first)[0] == ')');
        if (kind == PersonalDataKind.Phone && opens)
            start--;
        return new Finding(start, run.End(last) - start, kind);
    }

    private static bool IsGap(char c) =>
        c is ' ' or '-' or '.' or '/' or '(' or ')' or '\u00A0' or '\u202F' or '\u2011' or '\u2013';
}
