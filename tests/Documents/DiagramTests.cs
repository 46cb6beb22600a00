using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GroqKit.Documents;

/// <summary>What a drawing of the architecture names is there, and what is there is drawn.</summary>
[Requirement("DL-03")]
public sealed partial class DiagramTests
{
    private static readonly Block[] Drawings = [.. Block.All.Where(block => block.Language == "mermaid")];

    private static Block Projects =>
        Drawings.Single(block => block.Text.Contains("[GroqKit.Gateway]", StringComparison.Ordinal));

    private static Block Tables => Drawings.Single(block => block.Text.Contains("[(", StringComparison.Ordinal));

    [Fact]
    public void Arrows_between_projects_are_their_references()
    {
        Dictionary<string, string> names = Box()
            .Matches(Projects.Text)
            .ToDictionary(box => box.Groups["id"].Value, box => box.Groups["label"].Value, StringComparer.Ordinal);

        Arrow()
            .Matches(Box().Replace(Projects.Text, "${id}"))
            .Select(arrow => $"{names[arrow.Groups["from"].Value]} -> {names[arrow.Groups["to"].Value]}")
            .ShouldBe(
                Repository
                    .Files("src", "*.csproj")
                    .SelectMany(file =>
                        XDocument
                            .Load(file)
                            .Descendants("ProjectReference")
                            .Select(reference => reference.Attribute("Include")!.Value)
                            .Select(used =>
                                $"{Path.GetFileNameWithoutExtension(file)} -> {Path.GetFileNameWithoutExtension(used)}"
                            )
                    ),
                ignoreOrder: true
            );
    }

    [Fact]
    public void Every_box_is_a_project_or_a_folder_of_the_gateway() =>
        Drawings
            .SelectMany(drawing => Box().Matches(drawing.Text))
            .Select(box => box.Groups["label"].Value)
            .Where(label =>
                !Directory.Exists(Repository.At("src", label))
                && !Directory.Exists(Repository.At("src", "GroqKit.Gateway", label))
            )
            .ShouldBeEmpty();

    [Fact]
    public void Every_table_is_drawn_once() =>
        Table()
            .Matches(Tables.Text)
            .Select(table => table.Groups["name"].Value)
            .ShouldBe(
                Repository
                    .Files("src/GroqKit.Gateway/Infrastructure/Database/Migrations", "*.sql")
                    .SelectMany(file => Created().Matches(File.ReadAllText(file)))
                    .Select(created => created.Groups["name"].Value),
                ignoreOrder: true
            );

    [Fact]
    public void Every_folder_of_the_layout_exists()
    {
        Block layout = Block.All.Single(block =>
            block.Language.Length == 0 && block.Text.StartsWith("src/GroqKit/", StringComparison.Ordinal)
        );
        string top = "";
        List<string> missing = [];
        foreach (string line in layout.Text.TrimEnd('\n').Split('\n'))
        {
            string[] folders = [.. Folder().Matches(line).Select(folder => folder.Value)];
            if (line[0] != ' ')
                top = folders[0];
            missing.AddRange(
                folders.Where(folder =>
                    !Directory.Exists(Repository.At(folder))
                    && !Directory.Exists(Repository.At(top, folder))
                    && !Directory.Exists(Repository.At(top, folders[0], folder))
                )
            );
        }

        missing.ShouldBeEmpty();
    }

    private const RegexOptions Options = RegexOptions.ExplicitCapture | RegexOptions.Multiline;

    [GeneratedRegex(@"(?<id>\w+)\[(?<label>[\w./]+)\]", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Box();

    [GeneratedRegex(@"^\s*(?<from>\w+) --> (?<to>\w+)\s*$", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\w+\[\((?<name>\w+)\)\]", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Table();

    [GeneratedRegex(@"CREATE TABLE (?<name>\w+)", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Created();

    [GeneratedRegex(@"(?<![\w./])[A-Za-z][\w./]*/", Options, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Folder();
}
