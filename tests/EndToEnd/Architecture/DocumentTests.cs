using System.Text.RegularExpressions;

namespace GroqKit.EndToEnd.Architecture;

/// <summary>What the documents point to is there.</summary>
[Requirement("DL-03")]
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents =>
        [
            .. OwnFiles
                .All()
                .Where(file => file.EndsWith(".md", StringComparison.Ordinal))
                .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_link_to_a_file_and_to_a_heading_resolves(string document)
    {
        string folder = Path.GetDirectoryName(Repository.At(document))!;

        Link()
            .Matches(WithoutCode(File.ReadAllText(Repository.At(document))))
            .Select(match => match.Groups["to"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal))
            .Where(target => !Resolves(folder, Path.GetFileName(document), target))
            .ShouldBeEmpty();
    }

    [Fact]
    public void The_migration_that_is_shown_turns_one_sample_into_the_other()
    {
        string page = File.ReadAllText(Repository.At("docs", "migrating-from-openai.md"));
        string[] diff = [.. Diff().Match(page).Groups["lines"].Value.TrimEnd('\n').Split('\n')];

        Side(diff, '-').ShouldBe(File.ReadAllText(Repository.At("samples", "MinutesBefore", "Program.cs")));
        Side(diff, '+').ShouldBe(File.ReadAllText(Repository.At("samples", "Minutes", "Program.cs")));
    }

    private static string Side(IEnumerable<string> diff, char sign) =>
        string.Concat(
            diff.Where(line => line.Length == 0 || line[0] == ' ' || line[0] == sign)
                .Select(line => (line.Length == 0 ? "" : line[1..]) + '\n')
        );

    private static bool Resolves(string folder, string itself, string target)
    {
        string[] parts = target.Split('#', 2);
        string file = Path.GetFullPath(
            Path.Combine(folder, parts[0].Length == 0 ? itself : Uri.UnescapeDataString(parts[0]))
        );
        if (parts.Length == 1 || parts[1].Length == 0)
            return File.Exists(file) || Directory.Exists(file);
        return File.Exists(file) && Anchors(File.ReadAllText(file)).Contains(parts[1]);
    }

    // As code hosts make them: lower case, spaces become hyphens, what is neither letter, digit, hyphen nor underscore goes.
    private static IEnumerable<string> Anchors(string markdown) =>
        Heading()
            .Matches(WithoutCode(markdown))
            .Select(match => Dropped().Replace(match.Groups["text"].Value.Trim().ToLowerInvariant(), ""))
            .Select(text => text.Replace(' ', '-'));

    private static string WithoutCode(string markdown) => Fence().Replace(markdown, "");

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.Multiline;

    [GeneratedRegex(@"\]\((?<to>[^)\s]+)\)", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Link();

    [GeneratedRegex("^#{1,6} (?<text>.+)$", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Heading();

    [GeneratedRegex(@"[^\p{L}\p{N}\-_ ]", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Dropped();

    [GeneratedRegex("^```.*?^```", Options | RegexOptions.Singleline, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Fence();

    [GeneratedRegex("^```diff\n(?<lines>.*?)^```", Options | RegexOptions.Singleline, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Diff();
}
