using System.Xml.Linq;

namespace GroqKit.EndToEnd.Architecture;

/// <summary>A project of the repository, read from its project file.</summary>
/// <param name="Name">The file's name without its extension.</param>
/// <param name="Folder">Relative to the repository, with forward slashes.</param>
/// <param name="References">The names of the projects that it references.</param>
internal sealed record SourceProject(string Name, string Folder, string Assembly, IReadOnlyList<string> References)
{
    /// <summary>The projects below a top folder such as <c>src</c>.</summary>
    public static IReadOnlyList<SourceProject> Below(string top) => [.. Repository.Files(top, "*.csproj").Select(Read)];

    private static SourceProject Read(string file)
    {
        XDocument project = XDocument.Load(file);
        string name = Path.GetFileNameWithoutExtension(file);
        return new SourceProject(
            name,
            Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/'),
            project.Descendants("AssemblyName").SingleOrDefault()?.Value ?? name,
            [
                .. project
                    .Descendants("ProjectReference")
                    .Select(reference => reference.Attribute("Include")!.Value.Replace('\\', '/'))
                    .Select(Path.GetFileNameWithoutExtension)
                    .OfType<string>(),
            ]
        );
    }
}
