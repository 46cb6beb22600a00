using System.Runtime.InteropServices;

namespace GroqKit.Audio;

/// <summary>
/// Cuts text into sentences while it arrives, as a model writes it. However the text is sliced, the sentences are the same: a mark is judged
/// only once enough follows it.
/// </summary>
/// <remarks>
/// Knows marks of Latin, Chinese, Japanese, Arabic, Indic, Ethiopic, Khmer, Burmese and Armenian writing; abbreviations, initials,
/// decimals, times, web addresses, ellipses, list numbers and German ordinals; quotes and brackets that close after the mark; directions
/// in square brackets, which begin the sentence they stand before. Not safe for use by several threads at once.
/// </remarks>
public sealed class SentenceSplitter
{
    private readonly List<char> _pending = [];
    private int _resume;

    /// <summary>Cuts a whole text.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. SentenceRanges.Of(text).Select(range => text[range])];
    }

    /// <summary>Takes more text and gives the sentences that are sure now, trimmed.</summary>
    /// <param name="text">Any piece of text, in order.</param>
    public IReadOnlyList<string> Push(ReadOnlySpan<char> text)
    {
        _pending.AddRange(text);
        return Take(complete: false);
    }

    /// <summary>Ends the text and gives what remains of it. The splitter is then as new.</summary>
    public IReadOnlyList<string> Complete() => Take(complete: true);

    private List<string> Take(bool complete)
    {
        var sentences = new List<string>();
        ReadOnlySpan<char> text = CollectionsMarshal.AsSpan(_pending);
        int start = 0;
        int length;
        do
        {
            while (start < text.Length && char.IsWhiteSpace(text[start]))
                start++;
            length = SentenceEnd.Find(text[start..], Math.Max(_resume - start, 0), complete, out _resume);
            if (length < 0 && complete)
                length = text.Length - start;
            if (length > 0)
            {
                sentences.Add(text.Slice(start, length).Trim().ToString());
                start += length;
                _resume = 0;
            }
        } while (length > 0);
        _pending.RemoveRange(0, start);
        return sentences;
    }
}
