using System.Xml.Linq;

namespace GroqKit.Packages;

/// <summary>A project for each library, made outside the tree as its user makes one: the package from the feed, the rest from where this machine gets packages.</summary>
public sealed class FreshProjects(Packing packing) : IAsyncLifetime
{
    private readonly TempDirectory _folder = new();

    /// <summary>Where a library's program was built to.</summary>
    public string Program(string id, string framework) =>
        Path.Combine(FolderOf(id), "bin", "Release", framework, "Fresh.dll");

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_folder.At("nuget.config"), Feed().ToString());
        string[] ids = [.. FreshProjectTests.Programs.Select(row => row.Data.Item1).Distinct()];
        foreach (string id in ids)
        {
            Directory.CreateDirectory(FolderOf(id));
            File.Copy(
                Repository.At("tests", "Packages", "Fresh", $"{id}.cs"),
                Path.Combine(FolderOf(id), "Program.cs")
            );
            await File.WriteAllTextAsync(Path.Combine(FolderOf(id), "Fresh.csproj"), Project(id).ToString());
        }
        // One build for all, which costs a third of one for each.
        await File.WriteAllTextAsync(_folder.At("All.proj"), All(ids).ToString());
        foreach (string target in (string[])["Restore", "Build"])
            await Command.SucceedAsync(
                "dotnet",
                [
                    "msbuild",
                    "All.proj",
                    $"-target:{target}",
                    "-verbosity:quiet",
                    "-nologo",
                    "-maxCpuCount",
                    "-nodeReuse:false",
                ],
                _folder.FullPath,
                // Packages of ours that somebody had before, under the same version, are none of these.
                ("NUGET_PACKAGES", _folder.At("packages"))
            );
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private string FolderOf(string id) => Path.Combine(_folder.FullPath, "projects", id);

    // What the machine has already is not fetched again; its own sources stay in force.
    private XElement Feed() =>
        new(
            "configuration",
            new XElement("packageSources", Add("fresh", packing.Feed)),
            new XElement("fallbackPackageFolders", Add("machine", MachinePackages))
        );

    private static XElement Add(string key, string value) =>
        new("add", new XAttribute("key", key), new XAttribute("value", value));

    private static string MachinePackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static XElement All(IEnumerable<string> ids) =>
        new(
            "Project",
            new XElement(
                "ItemGroup",
                ids.Select(id => new XElement("Fresh", new XAttribute("Include", $"projects/{id}/Fresh.csproj")))
            ),
            from target in (string[])["Restore", "Build"]
            select new XElement(
                "Target",
                new XAttribute("Name", target),
                new XElement(
                    "MSBuild",
                    new XAttribute("Projects", "@(Fresh)"),
                    new XAttribute("Targets", target),
                    new XAttribute("Properties", "Configuration=Release"),
                    new XAttribute("BuildInParallel", "true")
                )
            )
        );

    private XElement Project(string id)
    {
        string version = packing.VersionOf(id);
        string[] frameworks =
        [
            .. FreshProjectTests
                .Programs.Select(row => row.Data)
                .Where(row => row.Item1 == id)
                .Select(row => row.Item2),
        ];
        return new XElement(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFrameworks", string.Join(';', frameworks)),
                new XElement("UseAppHost", "false"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                new XElement("TreatWarningsAsErrors", "true"),
                // The one word that our README asks of those who use speech.
                new XElement("NoWarn", "$(NoWarn);MEAI001;NU1900")
            ),
            new XElement(
                "ItemGroup",
                Reference(id, version),
                id == "GroqKit.Extensions"
                    ? Reference("Microsoft.Extensions.DependencyInjection", ContainerVersion)
                    : null
            )
        );
    }

    private static string ContainerVersion =>
        XDocument
            .Load(Repository.At("Directory.Packages.props"))
            .Descendants("PackageVersion")
            .Single(entry =>
                entry.Attribute("Include")!.Value == "Microsoft.Extensions.DependencyInjection.Abstractions"
            )
            .Attribute("Version")!
            .Value;

    private static XElement Reference(string id, string version) =>
        new("PackageReference", new XAttribute("Include", id), new XAttribute("Version", version));
}
