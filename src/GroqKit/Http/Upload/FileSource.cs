namespace GroqKit.Http;

/// <summary>A file of the file system, opened anew for every attempt.</summary>
internal sealed class FileSource(string path) : UploadSource
{
    private const int BufferSize = 1;

    public override string Name => System.IO.Path.GetFileName(path);

    public override long? Length => new FileInfo(path) is { Exists: true } file ? file.Length : null;

    public override bool CanRepeat => true;

    public override bool CanReadInParallel => true;

    public override string? FindProblem()
    {
        if (Directory.Exists(path))
            return $"'{path}' is a directory.";
        return File.Exists(path) ? null : $"the file '{path}' does not exist.";
    }

    public override ValueTask<Stream> OpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            return new ValueTask<Stream>(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, useAsync: true)
            );
        }
        catch (UnauthorizedAccessException error)
        {
            return ValueTask.FromException<Stream>(new IOException(error.Message, error));
        }
        catch (IOException error)
        {
            return ValueTask.FromException<Stream>(error);
        }
    }
}
