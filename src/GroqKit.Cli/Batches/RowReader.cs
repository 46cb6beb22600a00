using System.Text.Json;
using GroqKit.Cli.Display;
using GroqKit.Cli.Hosting;
using Microsoft.VisualBasic.FileIO;

namespace GroqKit.Cli.Batches;

/// <summary>Reads CSV, and JSON a line.</summary>
internal static class RowReader
{
    private const string ChatUrl = "/v1/chat/completions";

    private static readonly char[] Separators = [',', ';', '\t'];

    /// <exception cref="UsageException">The file cannot be read; the message names the line.</exception>
    public static async Task<IReadOnlyList<Row>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        string text = await InputFile.ReadAsync("the input", path, cancellationToken);
        bool isTable = Path.GetExtension(path).ToLowerInvariant() is ".csv" or ".tsv";
        return Read(path, text, isTable);
    }

    /// <summary>Reads what has no name that would say what it is: JSON begins with a brace.</summary>
    /// <exception cref="UsageException">It cannot be read; the message names the line.</exception>
    public static IReadOnlyList<Row> Read(string name, string text) =>
        Read(name, text, isTable: !text.TrimStart().StartsWith('{'));

    private static List<Row> Read(string name, string text, bool isTable)
    {
        List<Row> rows = isTable ? ReadTable(name, text) : ReadLines(name, text);
        return rows.Count > 0 ? rows : throw new UsageException($"{name}: there is nothing to ask");
    }

    private static List<Row> ReadTable(string path, string text)
    {
        int end = text.IndexOf('\n', StringComparison.Ordinal);
        string head = end < 0 ? text : text[..end];
        char separator = Separators.MaxBy(mark => head.Count(letter => letter == mark));
        using var parser = new TextFieldParser(new StringReader(text))
        {
            Delimiters = [separator.ToString()],
            HasFieldsEnclosedInQuotes = true,
            TrimWhiteSpace = false,
        };
        List<Row> rows = [];
        string[] columns = [.. (Fields(parser, path) ?? []).Select(column => column.Trim())];
        if (columns.Distinct(StringComparer.OrdinalIgnoreCase).Count() != columns.Length)
            throw new UsageException($"{path}: a column occurs twice: {string.Join(", ", columns)}");
        for (int line = (int)parser.LineNumber; Fields(parser, path) is { } cells; line = (int)parser.LineNumber)
        {
            if (cells.Length != columns.Length)
                throw new UsageException($"{path}, line {line}: has {cells.Length} cells for {columns.Length} columns");
            rows.Add(new Row(line, Dictionary(columns.Zip(cells))));
        }
        return rows;
    }

    private static string[]? Fields(TextFieldParser parser, string path)
    {
        try
        {
            return parser.ReadFields();
        }
        catch (MalformedLineException)
        {
            throw new UsageException($"{path}, line {parser.ErrorLineNumber}: the quotes do not fit");
        }
    }

    private static List<Row> ReadLines(string path, string text)
    {
        List<Row> rows = [];
        int line = 0;
        foreach (string content in text.Split('\n'))
        {
            line++;
            if (!string.IsNullOrWhiteSpace(content))
                rows.Add(ReadLine(path, line, content));
        }
        return rows;
    }

    private static Row ReadLine(string path, int line, string content)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(content);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"{path}, line {line}: must be a JSON object");
            JsonElement row = document.RootElement.Clone();
            BatchLine? request =
                row.TryGetProperty("body", out JsonElement body) && body.ValueKind == JsonValueKind.Object
                    ? new BatchLine(Text(row, "url") ?? ChatUrl, body)
                    : null;
            IEnumerable<(string, string)> cells = row.EnumerateObject()
                .Where(member => member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Null))
                .Select(member => (member.Name, member.Value.ToString()));
            return new Row(line, Dictionary(cells), request);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}, line {line}: is not JSON: {JsonText.Explain(error)}");
        }
    }

    private static string? Text(JsonElement row, string name) =>
        row.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static Dictionary<string, string> Dictionary(IEnumerable<(string Name, string Value)> cells)
    {
        var dictionary = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in cells)
            dictionary[name] = value;
        return dictionary;
    }
}
