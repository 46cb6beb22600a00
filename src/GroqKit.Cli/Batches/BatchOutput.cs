using System.Text;
using GroqKit.Cli.Files;

namespace GroqKit.Cli.Batches;

/// <summary>The files of a batch: answers in the order of the questions, errors apart, and the journal until all is answered.</summary>
/// <param name="path">Where the answers go: CSV if its name says so, else JSON a line.</param>
internal sealed class BatchOutput(string path)
{
    public string Answers => path;

    public string Errors { get; } = Path.ChangeExtension(path, ".errors.jsonl");

    public string Journal { get; } =
        Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.groqkit");

    private bool IsTable => Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase);

    public async Task WriteAsync(IReadOnlyList<BatchAnswer> answers, CancellationToken cancellationToken)
    {
        IEnumerable<BatchAnswer> good = answers.Where(answer => answer.Error is null);
        IEnumerable<string> lines = IsTable
            ? good.Select(answer => answer.ToCsv()).Prepend(BatchAnswer.CsvHead(answers[0].Question.Row))
            : good.Select(answer => answer.ToJson());
        await SaveAsync(Answers, lines, cancellationToken);
        string[] bad = [.. answers.Where(answer => answer.Error is not null).Select(answer => answer.ToJson())];
        if (bad.Length > 0)
            await SaveAsync(Errors, bad, cancellationToken);
        else
            File.Delete(Errors);
    }

    private static Task SaveAsync(string file, IEnumerable<string> lines, CancellationToken cancellationToken) =>
        AtomicFile.SaveAsync(
            file,
            async (stream, token) =>
            {
                await using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true);
                foreach (string line in lines)
                    await writer.WriteAsync($"{line}\n".AsMemory(), token);
            },
            cancellationToken
        );
}
