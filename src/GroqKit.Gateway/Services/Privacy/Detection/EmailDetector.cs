using System.Buffers;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Addresses of e-mail, also as they stand in links (<c>anna%40example.com</c>).</summary>
internal sealed class EmailDetector : IPersonalDataDetector
{
    // RFC 5321 bounds both sides.
    private const int MaxLocal = 64;
    private const int MaxDomain = 253;

    private static readonly SearchValues<char> Signs = SearchValues.Create("@＠%");

    public void Detect(ReadOnlySpan<char> text, List<Finding> findings)
    {
        int from = 0;
        while (text[from..].IndexOfAny(Signs) is var found and >= 0)
        {
            int sign = from + found;
            int after = sign + 1;
            if (text[sign] == '%')
            {
                if (!text[after..].StartsWith("40"))
                {
                    from = after;
                    continue;
                }
                after += 2;
            }
            int start = StartOf(text[..sign]);
            int end = after + DomainLength(text[after..]);
            from = after;
            if (start == sign || end == after)
                continue;
            findings.Add(new Finding(start, end - start, PersonalDataKind.Email));
            from = end;
        }
    }

    private static int StartOf(ReadOnlySpan<char> before)
    {
        int least = Math.Max(0, before.Length - MaxLocal);
        if (before is [.., '"'] && before[least..^1].LastIndexOf('"') is var quote and >= 0)
            return least + quote;
        int start = before.Length;
        while (start > least && IsLocal(before[start - 1]))
            start--;
        while (start < before.Length && before[start] is '.' or '-' or '\'')
            start++;
        return start;
    }

    private static int DomainLength(ReadOnlySpan<char> after)
    {
        int end = 0;
        while (end < after.Length && end < MaxDomain && (char.IsLetterOrDigit(after[end]) || after[end] is '.' or '-'))
            end++;
        ReadOnlySpan<char> domain = after[..end].TrimEnd(".-");
        int dot = domain.LastIndexOf('.');
        if (dot <= 0 || domain[0] == '-' || domain.Length - dot - 1 < 2)
            return 0;
        ReadOnlySpan<char> top = domain[(dot + 1)..];
        return char.IsLetter(top[0]) && domain.IndexOf("..") < 0 ? domain.Length : 0;
    }

    private static bool IsLocal(char c) => char.IsLetterOrDigit(c) || "._%+-'!$*^`{|}~".Contains(c);
}
