namespace GroqKit.Cli.Batches;

/// <summary>A row of the input.</summary>
/// <param name="Line">Where it begins, counted from 1.</param>
/// <param name="Cells">Its cells by the names of their columns, in the order of the input.</param>
/// <param name="Request">The whole line, when it is a request as the Batch API takes it; else null.</param>
internal sealed record Row(int Line, IReadOnlyDictionary<string, string> Cells, BatchLine? Request = null)
{
    public string? Find(string column) => Cells.TryGetValue(column, out string? cell) ? cell : null;
}
