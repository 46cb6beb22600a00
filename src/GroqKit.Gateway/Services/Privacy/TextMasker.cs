using System.Text;
using GroqKit.Gateway.Services.Privacy.Detection;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Puts placeholders in the place of personal data. Used by one thread at a time.</summary>
internal sealed class TextMasker(PersonalDataScanner scanner, Masks masks)
{
    private readonly List<Finding> _found = [];

    /// <param name="text">The text.</param>
    /// <param name="from">What stands before is only read.</param>
    /// <returns>The text from there on; null when nothing in it is personal.</returns>
    public string? Mask(ReadOnlySpan<char> text, int from = 0)
    {
        scanner.Scan(text, _found);
        StringBuilder? masked = null;
        int at = from;
        foreach (Finding finding in _found)
        {
            if (finding.End <= from)
                continue;
            int start = Math.Max(finding.Start, from);
            masked ??= new StringBuilder(text.Length);
            masked.Append(text[at..start]).Append(masks.PlaceholderOf(text[start..finding.End], finding.Kind));
            at = finding.End;
        }
        return masked?.Append(text[at..]).ToString();
    }

    /// <summary>What kinds of personal data a text holds.</summary>
    public IEnumerable<string> KindsIn(ReadOnlySpan<char> text)
    {
        scanner.Scan(text, _found);
        return _found.Select(finding => finding.Kind.Label).Distinct();
    }
}
