namespace GroqKit.Files;

/// <summary>A file of this process that is gone when it is closed: for what is too large for the memory.</summary>
internal static class SpoolFile
{
    private const int BufferSize = 64 * 1024;

    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = BufferSize,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
        };
        // Requests and answers may be private. On Windows the folder itself is.
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(Path.Combine(Path.GetTempPath(), $"groqkit-{Guid.NewGuid():N}.jsonl"), options);
    }
}
