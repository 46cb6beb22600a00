namespace GroqKit.Cli.Hosting;

/// <summary>
/// Who starts a program with a standard stream closed gives its number to the first file that the runtime opens for itself, which is a pipe of which
/// it holds both ends: reading it would never end, and what is written is never read.
/// </summary>
internal static class OwnPipe
{
    private const string Descriptors = "/proc/self/fd";
    private const int AccessMode = 3;

    /// <summary>Whether the stream of this number is a pipe whose other end is ours too. Known on Linux only.</summary>
    public static bool Is(int number)
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            string? own = TargetOf($"{Descriptors}/{number}");
            return own?.StartsWith("pipe:", StringComparison.Ordinal) == true
                && Directory
                    .EnumerateFileSystemEntries(Descriptors)
                    .Where(other => TargetOf(other) == own)
                    .Select(AccessOf)
                    .Distinct()
                    .Count() > 1;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Those that were closed meanwhile, such as the one that lists them, have none.
    private static string? TargetOf(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static int AccessOf(string descriptor)
    {
        string flags = File.ReadLines($"/proc/self/fdinfo/{Path.GetFileName(descriptor)}")
            .First(line => line.StartsWith("flags:", StringComparison.Ordinal));
        return Convert.ToInt32(flags[6..].Trim(), 8) & AccessMode;
    }
}
