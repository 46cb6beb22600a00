using System.Runtime.InteropServices;

namespace GroqKit.Gateway.Services.Privacy.Detection;

/// <summary>Asks all detectors, and makes one list of what they find. Safe for all threads.</summary>
internal sealed class PersonalDataScanner(IEnumerable<IPersonalDataDetector> detectors)
{
    // The shortest address of e-mail that there can be.
    private const int Shortest = 6;

    private static readonly Comparison<Finding> ByPlace = (one, other) =>
        one.Start != other.Start ? one.Start.CompareTo(other.Start) : other.Length.CompareTo(one.Length);

    private readonly IPersonalDataDetector[] _detectors = [.. detectors];

    /// <summary>Those that come with the gateway.</summary>
    public static IReadOnlyList<IPersonalDataDetector> Usual { get; } =
    [new SecretDetector(), new EmailDetector(), new CodeDetector(), new NumberDetector(), new IpDetector()];

    /// <param name="text">The text.</param>
    /// <param name="findings">Is emptied, and filled in the order of the text. Nothing overlaps.</param>
    public void Scan(ReadOnlySpan<char> text, List<Finding> findings)
    {
        findings.Clear();
        if (text.Length < Shortest)
            return;
        foreach (IPersonalDataDetector detector in _detectors)
            detector.Detect(text, findings);
        if (findings.Count > 1)
            Join(findings);
    }

    // What overlaps becomes one: the longer says what it is, and no end of either stays readable.
    private static void Join(List<Finding> findings)
    {
        findings.Sort(ByPlace);
        Span<Finding> all = CollectionsMarshal.AsSpan(findings);
        int last = 0;
        foreach (Finding next in all[1..])
        {
            ref Finding before = ref all[last];
            if (next.Start >= before.End)
                all[++last] = next;
            else
                before = new Finding(
                    before.Start,
                    Math.Max(before.End, next.End) - before.Start,
                    next.Length > before.Length ? next.Kind : before.Kind
                );
        }
        CollectionsMarshal.SetCount(findings, last + 1);
    }
}
