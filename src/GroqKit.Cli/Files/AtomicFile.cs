using GroqKit.Cli.Hosting;

namespace GroqKit.Cli.Files;

/// <summary>Files that are there whole or not at all, whenever the process or the machine stops.</summary>
internal static class AtomicFile
{
    private static readonly string[] DeviceFolders = ["/dev/", "/proc/"];

    /// <summary>Finds before the work what would keep its result from being written.</summary>
    /// <exception cref="UsageException">The path is a folder, or in none.</exception>
    public static void CheckTarget(string option, string path)
    {
        if (Directory.Exists(path))
            throw new UsageException($"{option}: {path} is a folder");
        if (path.Length == 0 || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
            throw new UsageException($"{option}: there is no folder for '{path}'");
    }

    /// <summary>Whether a path is no file of a disk, such as <c>/dev/stdout</c>.</summary>
    public static bool IsDevice(string path) => IsBelowDevices(Path.GetFullPath(path)) || IsBelowDevices(Resolve(path));

    /// <summary>Writes a file, replacing one that exists once the new one is whole.</summary>
    /// <param name="path">Where to; its folder must exist. A device such as <c>/dev/null</c> is written to as it is.</param>
    /// <param name="write">Writes the content; the stream can seek unless the file is a device.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task SaveAsync(
        string path,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        string target = Resolve(path);
        if (IsBelowDevices(target))
        {
            await WriteAsync(target, write, cancellationToken);
            return;
        }
        // Beside it, so that the move is one step.
        string draft = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.part");
        await DraftAsync(draft, write, cancellationToken);
        File.Move(draft, target, overwrite: true);
    }

    /// <summary>Writes a file down to the disk, where it waits to take its place. Nothing is left of one that fails.</summary>
    public static async Task DraftAsync(
        string draft,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await WriteAsync(draft, write, cancellationToken);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static string Resolve(string path) =>
        Path.GetFullPath(
            File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path
        );

    private static bool IsBelowDevices(string path) =>
        DeviceFolders.Any(folder => path.StartsWith(folder, StringComparison.Ordinal));

    private static async Task WriteAsync(
        string path,
        Func<Stream, CancellationToken, Task> write,
        CancellationToken cancellationToken
    )
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read);
        await write(file, cancellationToken);
        await file.FlushAsync(cancellationToken);
        if (file.CanSeek)
            file.Flush(flushToDisk: true);
    }
}
