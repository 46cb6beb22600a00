using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace GroqKit.Documents;

/// <summary>Every piece of C# of the documents in one program, built once; each can be run by its place.</summary>
public sealed partial class CompiledBlocks : IAsyncLifetime
{
    private static readonly string[] Libraries =
    [
        "GroqKit",
        "GroqKit.Extensions",
        "GroqKit.Providers",
        "GroqKit.Simulator",
        "GroqKit.Testing",
        "GroqKit.Voice",
        "Microsoft.Extensions.AI.Abstractions",
        "OpenAI",
        "OpenTelemetry",
        "OpenTelemetry.Api",
        "OpenTelemetry.Exporter.OpenTelemetryProtocol",
        "System.ClientModel",
    ];

    private readonly TempDirectory _folder = new();

    /// <summary>What is compiled: all but quotes from files that are compiled, and edits of such.</summary>
    private static bool IsCompiled(Block block) =>
        block.Language == "csharp" && block.Fate is "" or "given" or "compiled";

    public string Program => _folder.At("out", "Blocks.dll");

    public async ValueTask InitializeAsync()
    {
        Block[] blocks = [.. Block.All.Where(IsCompiled)];
        for (int number = 0; number < blocks.Length; number++)
            await File.WriteAllTextAsync(_folder.At($"Block{number}.cs"), Wrap(blocks[number], number));
        await File.WriteAllTextAsync(_folder.At("Program.cs"), Start(blocks));
        await File.WriteAllTextAsync(_folder.At("Blocks.csproj"), Project().ToString());
        await Command.SucceedAsync(
            "dotnet",
            ["build", "--configuration", "Release", "--output", _folder.At("out"), "--verbosity", "quiet", "--nologo"],
            _folder.FullPath,
            ("MSBUILDDISABLENODEREUSE", "1")
        );
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private static string Wrap(Block block, int number)
    {
        Given[] given =
        [
            .. block
                .Argument.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)
                .Select(name =>
                    Given.Names.TryGetValue(name, out Given? known)
                        ? known
                        : throw new FormatException($"{block.Place}: nothing is called '{name}' in Given.cs")
                ),
        ];
        string[] lines = block.Text.TrimEnd('\n').Split('\n');
        int head = lines.TakeWhile(line => line.Length == 0 || Using().IsMatch(line)).Count();
        IEnumerable<string> usings = given
            .SelectMany(name => name.Usings)
            .Select(space => $"using {space};")
            .Concat(lines[..head].Where(line => line.Length > 0))
            .Distinct(StringComparer.Ordinal);
        return new StringBuilder()
            .AppendJoin('\n', usings)
            .Append(CultureInfo.InvariantCulture, $"\ninternal static class Block{number}\n{{\n")
            .Append("public static async Task RunAsync()\n{\nawait Task.CompletedTask;\n")
            .AppendJoin('\n', given.Select(name => name.Declarations))
            .Append(CultureInfo.InvariantCulture, $"\n#line {block.Line + 1 + head} \"{block.Document}\"\n")
            .AppendJoin('\n', lines[head..])
            .Append("\n#line default\n}\n}\n")
            .ToString();
    }

    private static string Start(Block[] blocks) =>
        new StringBuilder("await (args[0] switch\n{\n")
            .AppendJoin('\n', blocks.Select((block, number) => $"    \"{block.Place}\" => Block{number}.RunAsync(),"))
            .Append("\n    _ => throw new ArgumentException(args[0]),\n});\n")
            .Append(Given.Types)
            .ToString();

    private static XElement Project() =>
        new(
            "Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement(
                "PropertyGroup",
                new XElement("OutputType", "Exe"),
                new XElement("TargetFramework", "net10.0"),
                new XElement("ImplicitUsings", "enable"),
                new XElement("Nullable", "enable"),
                new XElement("UseAppHost", "false"),
                // Speech is experimental there; pieces may leave things unused.
                new XElement("NoWarn", "$(NoWarn);MEAI001;CS0219;CS0168")
            ),
            new XElement(
                "ItemGroup",
                new XElement("FrameworkReference", new XAttribute("Include", "Microsoft.AspNetCore.App")),
                Libraries.Select(name => new XElement(
                    "Reference",
                    new XAttribute("Include", Path.Combine(AppContext.BaseDirectory, $"{name}.dll"))
                ))
            )
        );

    [GeneratedRegex(@"^using [\w.]+;$", RegexOptions.None, matchTimeoutMilliseconds: 30_000)]
    private static partial Regex Using();
}
