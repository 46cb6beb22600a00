using System.Reflection;

namespace GroqKit.PublicApi.Reference;

/// <summary>The reference says what the sources say; <c>eng/api.sh</c> writes it anew.</summary>
[Requirement("DL-03")]
public sealed class ReferenceTests
{
    private static readonly string Folder = Repository.At("docs", "reference");

    private static readonly IReadOnlyList<(string Name, string Text)> Pages =
    [
        .. new ReferencePages([.. PublicApiTests.Packages.Select(package => Assembly.Load(package.Data))]).Write(),
    ];

    [Fact]
    public void The_pages_say_what_the_comments_say()
    {
        if (Environment.GetEnvironmentVariable(PublicApiTests.Switch) == "1")
            Rewrite();

        Directory
            .EnumerateFiles(Folder)
            .Select(Path.GetFileName)
            .ShouldBe(Pages.Select(page => page.Name), ignoreOrder: true);
        Pages
            .Where(page => File.ReadAllText(Path.Combine(Folder, page.Name)).ReplaceLineEndings("\n") != page.Text)
            .Select(page => page.Name)
            .ShouldBeEmpty("Run eng/api.sh.");
    }

    [Fact]
    public void Nearly_every_member_is_described()
    {
        string[] lines = [.. Pages.Skip(1).SelectMany(page => page.Text.Split('\n'))];
        int members = lines.Count(line => line.StartsWith("- `", StringComparison.Ordinal));
        int described = lines.Count(line =>
            line.StartsWith("- `", StringComparison.Ordinal) && line.EndsWith("  ", StringComparison.Ordinal)
        );

        // What a record or an enum makes of itself has no comment of its own.
        ((double)described / members).ShouldBeGreaterThan(0.8);
    }

    [Theory]
    [InlineData(typeof(Dictionary<,>), "T:System.Collections.Generic.Dictionary`2")]
    [InlineData(typeof(Dictionary<,>.Enumerator), "T:System.Collections.Generic.Dictionary`2.Enumerator")]
    public void A_type_is_filed_under_its_name(Type type, string id) => DocumentationId.Of(type).ShouldBe(id);

    [Fact]
    public void A_method_is_filed_with_its_parameters()
    {
        MethodInfo method = typeof(ReferenceTests).GetMethod(
            nameof(Sample),
            BindingFlags.NonPublic | BindingFlags.Static
        )!;

        DocumentationId
            .Of(method)
            .ShouldBe(
                "M:GroqKit.PublicApi.Reference.ReferenceTests.Sample``1(System.Int32@,System.Nullable{System.Int64},"
                    + "System.Collections.Generic.IReadOnlyList{``0}[])"
            );
    }

    private static void Sample<T>(out int a, long? b, IReadOnlyList<T>[] c) => a = (int)(b ?? c.Length);

    private static void Rewrite()
    {
        Directory.CreateDirectory(Folder);
        foreach (string old in Directory.EnumerateFiles(Folder))
            File.Delete(old);
        foreach ((string name, string text) in Pages)
            File.WriteAllText(Path.Combine(Folder, name), text);
    }
}
