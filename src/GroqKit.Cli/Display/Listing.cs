using GroqKit.Cli.Hosting;
using Spectre.Console;

namespace GroqKit.Cli.Display;

/// <summary>Rows and columns: drawn for a screen, separated by tabs for a pipe, where other programs read them.</summary>
internal sealed class Listing(params IReadOnlyList<ListingColumn> columns)
{
    private const int Gap = 2;
    private const int NarrowestWrap = 24;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add([.. cells.Select(Printable.Line)]);

    public async Task WriteAsync(Terminal terminal)
    {
        if (terminal.IsOutputRedirected)
        {
            await terminal.Output.WriteLineAsync(string.Join('\t', columns.Select(column => column.Title)));
            foreach (string[] row in _rows)
                await terminal.Output.WriteLineAsync(string.Join('\t', row));
            return;
        }
        IAnsiConsole screen = AnsiScreen.ForOutput(terminal);
        int[] shown = Fit(screen.Profile.Width);
        Table table = new Table().Border(TableBorder.None);
        foreach (ListingColumn column in shown.Select(index => columns[index]))
        {
            var title = new Text(column.Title, new Style(decoration: Decoration.Bold));
            table.AddColumn(
                new TableColumn(title)
                {
                    Alignment = column.IsNumber ? Justify.Right : Justify.Left,
                    NoWrap = !column.Wraps,
                    Padding = new Padding(0, 0, Gap, 0),
                }
            );
        }
        foreach (string[] row in _rows)
            table.AddRow([.. shown.Select(index => new Text(row[index]))]);
        screen.Write(table);
    }

    private int[] Fit(int width)
    {
        List<int> kept = [.. Enumerable.Range(0, columns.Count)];
        while (
            kept.Sum(WidthOf) > width && kept.MaxBy(index => columns[index].Rank) is var last && columns[last].Rank > 0
        )
            kept.Remove(last);
        return [.. kept];
    }

    private int WidthOf(int index)
    {
        int widest = _rows.Select(row => row[index].Length).Append(columns[index].Title.Length).Max();
        return Gap + (columns[index].Wraps ? Math.Min(widest, NarrowestWrap) : widest);
    }
}
