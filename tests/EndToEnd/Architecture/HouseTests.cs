using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GroqKit.EndToEnd.Architecture;

public sealed partial class HouseTests
{
    // In pieces, since this file is searched too.
    private static readonly string[] Registries =
    [
        .. new (string, string)[]
        {
            ("nuget", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("crates", "io"),
            ("pkg.github", "com"),
            ("pkgs.dev.azure", "com"),
            ("proxy.golang", "org"),
        }.Select(host => $"{host.Item1}.{host.Item2}"),
    ];

    [Fact]
    public void No_source_is_left_for_later() =>
        Repository.Files("src", "*").Where(file => Unfinished().IsMatch(File.ReadAllText(file))).ShouldBeEmpty();

    [Fact]
    public void No_file_names_the_host_of_a_package_registry() =>
        OwnFiles
            .All()
            .Where(file =>
                Registries.Any(host => File.ReadAllText(file).Contains(host, StringComparison.OrdinalIgnoreCase))
            )
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_of_src_has_its_tests() =>
        SourceProject
            .Below("src")
            .Select(project => $"tests/{project.Name}.Tests/{project.Name}.Tests.csproj")
            .Where(tests => !File.Exists(Repository.At(tests)))
            .ShouldBeEmpty();

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string[] listed =
        [
            .. XDocument
                .Load(Repository.At("GroqKit.slnx"))
                .Descendants("Project")
                .Select(project => project.Attribute("Path")!.Value),
        ];

        new[] { "src", "tests", "bench", "samples" }
            .SelectMany(SourceProject.Below)
            .Select(project => $"{project.Folder}/{project.Name}.csproj")
            .ShouldBe(listed, ignoreOrder: true);
    }

    [GeneratedRegex(
        @"\b(TODO|FIXME)\b|NotImplementedException",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Unfinished();
}
