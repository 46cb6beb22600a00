using System.Text.RegularExpressions;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Batches;

/// <summary>A prompt with the names of columns in braces; <c>{{</c> and <c>}}</c> stand for braces themselves.</summary>
internal sealed partial class PromptTemplate(string text)
{
    /// <exception cref="UsageException">The row lacks a column.</exception>
    public string Fill(Row row) =>
        Part()
            .Replace(
                text,
                match =>
                    match.Value switch
                    {
                        "{{" => "{",
                        "}}" => "}",
                        _ => row.Find(match.Groups["column"].Value) ?? throw Missing(match.Groups["column"].Value, row),
                    }
            );

    private static UsageException Missing(string column, Row row) =>
        new($"--template: line {row.Line} has no column {column}, but {string.Join(", ", row.Cells.Keys)}");

    [GeneratedRegex(@"\{\{|\}\}|\{(?<column>[^{}]+)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Part();
}
