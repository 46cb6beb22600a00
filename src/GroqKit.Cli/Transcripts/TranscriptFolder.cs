using System.Text;
using GroqKit.Cli.Files;
using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Transcripts;

/// <summary>
/// A folder into which transcripts are written, with its journal. The draft of a transcript is on the disk before the journal says that it is
/// done, and takes its place after: wherever the process dies, the recording is done or is not.
/// </summary>
internal sealed class TranscriptFolder : IDisposable
{
    private const string JournalName = ".groqkit-transcripts.jsonl";
    private const string Drafts = ".groqkit-*.part";

    private readonly string _path;
    private readonly Journal<TranscriptEntry> _journal;
    private readonly HashSet<string> _own;
    private readonly Dictionary<string, TranscriptEntry> _done = new(StringComparer.Ordinal);

    private TranscriptFolder(string path, Journal<TranscriptEntry> journal)
    {
        _path = path;
        _journal = journal;
        _own = [.. journal.Entries.SelectMany(entry => entry.Outputs)];
        foreach (TranscriptEntry entry in journal.Entries)
        {
            _done[entry.Recording] = entry;
            Publish(entry);
        }
        foreach (string draft in Directory.EnumerateFiles(path, Drafts))
            File.Delete(draft);
    }

    /// <exception cref="UsageException">The folder cannot be written to, or another process is at it.</exception>
    public static TranscriptFolder Open(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            string journal = Path.Combine(path, JournalName);
            return new(path, Journal<TranscriptEntry>.Open(journal, TranscriptJson.Default.TranscriptEntry));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"--output: the folder {path} cannot be written to: {error.Message}");
        }
    }

    public bool IsDone(TranscriptEntry work) =>
        _done.TryGetValue(work.Recording, out TranscriptEntry? done)
        && done.IsSameWork(work)
        && done.Outputs.All(output => File.Exists(At(output)));

    /// <summary>A file in the way that is none of ours; null when there is none.</summary>
    public string? FindForeign(TranscriptEntry work) =>
        work.Outputs.Where(output => !_own.Contains(output)).Select(At).FirstOrDefault(File.Exists);

    /// <param name="work">What was asked for.</param>
    /// <param name="texts">The content of each output, in their order.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public async Task FinishAsync(
        TranscriptEntry work,
        IReadOnlyList<string> texts,
        CancellationToken cancellationToken
    )
    {
        for (int output = 0; output < texts.Count; output++)
        {
            byte[] text = Encoding.UTF8.GetBytes(texts[output]);
            await AtomicFile.DraftAsync(
                DraftOf(work, output),
                (file, token) => file.WriteAsync(text, token).AsTask(),
                cancellationToken
            );
        }
        _journal.Add(work);
        Publish(work);
    }

    public void Dispose() => _journal.Dispose();

    private void Publish(TranscriptEntry work)
    {
        for (int output = 0; output < work.Outputs.Count; output++)
        {
            string draft = DraftOf(work, output);
            if (!File.Exists(draft))
                continue;
            string target = At(work.Outputs[output]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(draft, target, overwrite: true);
        }
    }

    private string At(string output) => Path.Combine(_path, output);

    private string DraftOf(TranscriptEntry work, int output) => At($".groqkit-{work.Draft}-{output}.part");
}
