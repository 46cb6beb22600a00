using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace GroqKit.EndToEnd.Architecture;

[Requirement("GW-01")]
public sealed class DependencyTests
{
    /// <summary>What each project may use of ours. An arrow that is not here points the wrong way.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["GroqKit"] = [],
        ["GroqKit.Extensions"] = ["GroqKit"],
        ["GroqKit.Providers"] = ["GroqKit", "GroqKit.Extensions"],
        ["GroqKit.Voice"] = ["GroqKit", "GroqKit.Extensions", "GroqKit.Providers"],
        ["GroqKit.Simulator"] = [],
        ["GroqKit.Testing"] = ["GroqKit"],
        ["GroqKit.Gateway"] =
        [
            "GroqKit",
            "GroqKit.Extensions",
            "GroqKit.Providers",
            "GroqKit.Simulator",
            "GroqKit.Voice",
        ],
        ["GroqKit.Cli"] = ["GroqKit", "GroqKit.Simulator"],
    };

    private static readonly IReadOnlyList<SourceProject> Sources = SourceProject.Below("src");

    [Fact]
    public void Every_project_says_what_it_may_use() =>
        Sources.Select(project => project.Name).ShouldBeSubsetOf(Allowed.Keys);

    [Fact]
    public void Project_references_point_one_way()
    {
        string[] wrong =
        [
            .. Sources.SelectMany(project =>
                project.References.Except(Allowed[project.Name]).Select(used => $"{project.Name} -> {used}")
            ),
        ];

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Assembly_references_point_one_way()
    {
        // Transitive references are visible to the compiler, so the assemblies can say more than the project files do.
        Dictionary<string, string> ours = Sources.ToDictionary(project => project.Assembly, project => project.Name);

        string[] wrong =
        [
            .. Sources.SelectMany(project =>
                Uses(project.Assembly)
                    .Where(ours.ContainsKey)
                    .Select(assembly => ours[assembly])
                    .Except(Allowed[project.Name])
                    .Select(used => $"{project.Name} -> {used}")
            ),
        ];

        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("src")]
    [InlineData("bench")]
    [InlineData("samples")]
    public void Nothing_depends_on_the_tests(string top)
    {
        string[] tests = [.. SourceProject.Below("tests").Select(project => project.Name)];

        SourceProject.Below(top).SelectMany(project => project.References).Intersect(tests).ShouldBeEmpty();
    }

    /// <summary>This project references every project of src, so their assemblies lie beside it.</summary>
    private static string[] Uses(string assembly)
    {
        string file = Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll");
        File.Exists(file).ShouldBeTrue($"tests/EndToEnd has to reference the project of {assembly}.");
        using var reader = new PEReader(File.OpenRead(file));
        MetadataReader metadata = reader.GetMetadataReader();
        return
        [
            .. metadata.AssemblyReferences.Select(handle =>
                metadata.GetString(metadata.GetAssemblyReference(handle).Name)
            ),
        ];
    }
}
