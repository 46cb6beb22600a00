namespace GroqKit.Cli.Transcripts;

/// <summary>The folders of a run, opened together before anything is sent.</summary>
internal sealed class TranscriptFolders : IDisposable
{
    private readonly Dictionary<string, TranscriptFolder> _folders = new(StringComparer.Ordinal);

    public TranscriptFolders(IEnumerable<string> paths)
    {
        try
        {
            foreach (string path in paths.Distinct(StringComparer.Ordinal))
                _folders.Add(path, TranscriptFolder.Open(path));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TranscriptFolder this[string path] => _folders[path];

    public void Dispose()
    {
        foreach (TranscriptFolder folder in _folders.Values)
            folder.Dispose();
    }
}
