using System.Buffers;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Groups of digits with little between them, such as a phone number or a card's; and what stands around them.</summary>
/// <param name="text">The whole text.</param>
/// <param name="groups">Where each group of digits stands.</param>
internal readonly ref struct NumberRun(ReadOnlySpan<char> text, ReadOnlySpan<Range> groups)
{
    private const int Window = 40;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly ReadOnlySpan<Range> _groups = groups;

    public int Count => _groups.Length;

    public int Start(int group) => _groups[group].Start.Value;

    public int End(int group) => _groups[group].End.Value;

    public int Length(int group) => End(group) - Start(group);

    public ReadOnlySpan<char> Digits(int group) => _text[_groups[group]];

    /// <summary>How many digits some groups have.</summary>
    public int Digits(int first, int last)
    {
        int digits = 0;
        for (int i = first; i <= last; i++)
            digits += Length(i);
        return digits;
    }

    /// <summary>What stands between a group and the next.</summary>
    public ReadOnlySpan<char> Gap(int group) => _text[End(group)..Start(group + 1)];

    /// <summary>What stands before a group, as far as it may say what the number is.</summary>
    public ReadOnlySpan<char> Before(int group) => _text[Math.Max(0, Start(group) - Window)..Start(group)];

    public ReadOnlySpan<char> After(int group) => _text[End(group)..];

    /// <summary>Whether groups from there on have these lengths.</summary>
    public bool Has(int group, params ReadOnlySpan<int> lengths)
    {
        if (group + lengths.Length > Count)
            return false;
        for (int i = 0; i < lengths.Length; i++)
        {
            if (Length(group + i) != lengths[i])
                return false;
        }
        return true;
    }

    /// <summary>Whether the same single character stands between all of them.</summary>
    public bool IsEven(int first, int last)
    {
        for (int i = first; i < last; i++)
        {
            if (Gap(i).Length != 1 || !Gap(i).SequenceEqual(Gap(first)))
                return false;
        }
        return true;
    }

    /// <summary>All digits of some groups without what is between them.</summary>
    /// <returns>How many there are; 0 when there are more than fit.</returns>
    public int Copy(int first, int last, Span<char> into)
    {
        int length = 0;
        for (int i = first; i <= last; i++)
        {
            if (!Digits(i).TryCopyTo(into[length..]))
                return 0;
            length += Length(i);
        }
        return length;
    }

    /// <summary>Whether a group is a number of its own, and not the end or beginning of a word.</summary>
    public bool IsFree(int first, int last)
    {
        int start = Start(first);
        int end = End(last);
        bool begins = start == 0 || !(char.IsLetterOrDigit(_text[start - 1]) || _text[start - 1] == '_');
        return begins && (end == _text.Length || !(char.IsLetterOrDigit(_text[end]) || _text[end] == '_'));
    }

    /// <summary>Whether a group stands in the address of a page.</summary>
    public bool IsInLink(int group)
    {
        ReadOnlySpan<char> before = Before(group);
        return before[(before.LastIndexOf(' ') + 1)..].IndexOf("://") >= 0;
    }

    /// <summary>Whether one of these words stands before a group.</summary>
    public bool Follows(int group, SearchValues<string> words) => Before(group).ContainsAny(words);
}
