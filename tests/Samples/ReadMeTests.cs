using System.Text.RegularExpressions;

namespace GroqKit.Samples;

/// <summary>What the pages show is what the programs do.</summary>
[Requirement("DL-03")]
public sealed partial class ReadMeTests
{
    private static readonly string[] All =
    [
        .. Directory.EnumerateDirectories(Repository.At("samples")).Select(Path.GetFileName).OfType<string>().Order(),
    ];

    [Fact]
    public void Every_sample_is_listed_and_every_listed_one_exists() =>
        Listed()
            .Matches(File.ReadAllText(Repository.At("samples", "README.md")))
            .Select(match => match.Groups["name"].Value)
            .ShouldBe(All, ignoreOrder: true);

    [Fact]
    public void Every_sample_is_short_and_begins_with_what_it_is_about()
    {
        foreach (string sample in All)
        {
            string[] lines = File.ReadAllLines(Repository.At("samples", sample, "Program.cs"));
            lines.Length.ShouldBeLessThan(60, sample);
            lines[0].ShouldStartWith("// ", customMessage: sample);
        }
    }

    [GeneratedRegex(@"^\| \[(?<name>\w+)\]\(\k<name>/Program\.cs\) \|", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Listed();

    private const RegexOptions Options = RegexOptions.Multiline | RegexOptions.ExplicitCapture;
}
