namespace GroqKit.Cli.Files;

/// <summary>Standard input as a file, so that it can be sent again and read at several places; gone when disposed of.</summary>
internal sealed class Spool : IDisposable
{
    private readonly FileStream _file;

    private Spool(FileStream file) => _file = file;

    public string Path => _file.Name;

    public static async Task<Spool> CreateAsync(Stream input, CancellationToken cancellationToken)
    {
        string path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"groqkit-{Guid.NewGuid():N}");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose,
        };
        // What somebody says is nobody else's.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var spool = new Spool(new FileStream(path, options));
        try
        {
            await input.CopyToAsync(spool._file, cancellationToken);
            await spool._file.FlushAsync(cancellationToken);
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }

    public void Dispose() => _file.Dispose();
}
