namespace GroqKit.EndToEnd.Features;

public sealed class FeaturePageTests
{
    private const string Rewrite = "GROQKIT_WRITE_FEATURES";

    [Fact]
    public void The_page_of_features_is_what_the_tests_say()
    {
        string page = FromSources();
        string file = Repository.At("docs", "features.md");
        if (Environment.GetEnvironmentVariable(Rewrite) is "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }

        string written = File.Exists(file) ? File.ReadAllText(file) : "";

        (written == page).ShouldBeTrue(
            $"docs/features.md is stale; eng/features.sh rewrites it. First difference:\n{FirstDifference(written, page)}"
        );
    }

    [Fact]
    public void A_requirement_with_a_test_is_in_its_part_and_one_without_is_not_there_yet()
    {
        var page = new FeaturePage(["CL-01\tOne thing", "GW-01\tAnother", "CL-02\tA third"]);
        page.Add("A.Tests", [Parse("[Requirement(\"CL-01\")] class X { [Fact] void A() { } [Theory] void B() { } }")]);
        page.Add("B.Tests", [Parse("class Y { [Fact, Requirement(\"CL-01\", \"GW-01\")] void A() => B(); }")]);

        string text = page.Write();

        text.ShouldContain("## Client\n\n| id | what it does | proven by |\n|---|---|---|\n");
        text.ShouldContain("| CL-01 | One thing | `A.Tests/X` 2, `B.Tests/Y` 1 |\n");
        text.ShouldContain("| GW-01 | Another | `B.Tests/Y` 1 |\n");
        text.ShouldEndWith("## Not there yet\n\n- CL-02: A third\n");
        text.ShouldNotContain("## Providers");
    }

    [Fact]
    public void A_class_in_parts_and_a_requirement_named_twice_count_each_test_once()
    {
        var page = new FeaturePage(["CL-01\tOne thing"]);
        page.Add(
            "A",
            [
                Parse("[Requirement(\"CL-01\")] partial class X { [Fact] void A() { } }"),
                Parse("partial class X { [Fact] [Requirement(\"CL-01\")] void B() { } }"),
            ]
        );

        page.Write().ShouldContain("`A/X` 2 |");
    }

    [Fact]
    public void An_unknown_id_is_refused_with_its_place()
    {
        var page = new FeaturePage(["CL-01\tOne thing"]);

        Should
            .Throw<FormatException>(() =>
                page.Add("A", [Parse("class X { [Fact, Requirement(\"CL-99\")] void A() { } }")])
            )
            .Message.ShouldBe("A: X names CL-99, which is not in requirements.tsv.");
    }

    [Fact]
    public void A_class_that_names_a_requirement_and_has_no_tests_is_refused() =>
        Should
            .Throw<FormatException>(() =>
                new FeaturePage(["CL-01\tOne thing"]).Add("A", [Parse("[Requirement(\"CL-01\")] class X;")])
            )
            .Message.ShouldBe("A: X names CL-01 and has no tests.");

    [Theory]
    [InlineData("CL-01 no tab")]
    [InlineData("CL-01\t")]
    [InlineData("XX-01\tOf no part")]
    [InlineData("GW-01\tTwice")]
    public void A_broken_list_of_requirements_is_refused(string line) =>
        Should.Throw<FormatException>(() => new FeaturePage(["GW-01\tOnce", line]));

    private static TestFile Parse(string source) => TestFile.Parse(source);

    private static string FromSources()
    {
        var page = new FeaturePage(File.ReadLines(Repository.At("tests", "EndToEnd", "Features", "requirements.tsv")));
        foreach (string project in Repository.Files("tests", "*.csproj"))
        {
            string folder = Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(project)!);
            page.Add(
                Path.GetFileNameWithoutExtension(project),
                [.. Repository.Files(folder, "*.cs").Select(file => TestFile.Parse(File.ReadAllText(file)))]
            );
        }
        return page.Write();
    }

    private static string FirstDifference(string written, string page)
    {
        string[] old = written.Split('\n');
        string[] now = page.Split('\n');
        int line = old.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"line {line + 1}\n- {old.ElementAtOrDefault(line)}\n+ {now.ElementAtOrDefault(line)}";
    }
}
