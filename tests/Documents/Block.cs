using System.Text.RegularExpressions;

namespace GroqKit.Documents;

/// <summary>A piece of code in a document.</summary>
/// <param name="Document">Relative to the repository.</param>
/// <param name="Line">Where its fence begins.</param>
/// <param name="Language">The word behind the fence; empty for a drawing.</param>
/// <param name="Note">What the comment above it says should become of it; empty without one.</param>
/// <param name="Text">The code, without the indentation of its fence.</param>
public sealed partial record Block(string Document, int Line, string Language, string Note, string Text)
{
    private static readonly HashSet<string> NotOurs = [".git", "artifacts", "bin", "data", "node_modules", "obj"];

    /// <summary>Every block of every document.</summary>
    public static IReadOnlyList<Block> All { get; } =
    [
        .. Directory
            .EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(NotOurs.Contains))
            .Order(StringComparer.Ordinal)
            .SelectMany(document => Of(document, File.ReadAllText(Repository.At(document)))),
    ];

    /// <summary>The first word of the note; commands of <c>groqkit</c> alone need none.</summary>
    public string Fate =>
        Note.Length == 0 && Language == "sh" && OwnCommand().IsMatch(Text) ? "command" : Note.Split(' ')[0];

    /// <summary>What follows the first word.</summary>
    public string Argument =>
        Note.Contains(' ', StringComparison.Ordinal) ? Note[(Note.IndexOf(' ', StringComparison.Ordinal) + 1)..] : "";

    /// <summary>Where it is, as an editor takes it.</summary>
    public string Place => $"{Document}:{Line}";

    /// <summary>The rows of a theory over the blocks that fit.</summary>
    public static TheoryData<string> Places(Func<Block, bool> fits) =>
        [.. All.Where(fits).Select(block => block.Place)];

    public static Block At(string place) => All.Single(block => block.Place == place);

    public static IEnumerable<Block> Of(string document, string markdown)
    {
        foreach (Match fence in Fence().Matches(markdown))
        {
            string indentation = fence.Groups["indentation"].Value;
            yield return new Block(
                document,
                markdown.AsSpan(0, fence.Groups["open"].Index).Count('\n') + 1,
                fence.Groups["language"].Value,
                fence.Groups["note"].Value.Trim(),
                string.Concat(
                    fence
                        .Groups["text"]
                        .Value.Split('\n')[..^1]
                        .Select(line =>
                            (line.StartsWith(indentation, StringComparison.Ordinal) ? line[indentation.Length..] : line)
                            + '\n'
                        )
                )
            );
        }
    }

    public override string ToString() => Place;

    /// <summary>A line of a block that calls <c>groqkit</c>, with its command and the rest.</summary>
    [GeneratedRegex(
        @"((?<![\w/.-])groqkit|--project[ ]src/GroqKit\.Cli[ ]--)[ ]+(?<command>[a-z]+)(?<rest>[^|;&#\n]*)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 30_000
    )]
    internal static partial Regex OwnCommand();

    [GeneratedRegex(
        @"(^[ ]*<!--\ block:(?<note>[^\n]*?)-->\n\n?)?
          ^(?<indentation>[ ]*)(?<open>```)(?<language>\w*)\n
          (?<text>.*?)
          ^\k<indentation>```[ ]*$",
        RegexOptions.Multiline
            | RegexOptions.Singleline
            | RegexOptions.ExplicitCapture
            | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 30_000
    )]
    private static partial Regex Fence();
}
