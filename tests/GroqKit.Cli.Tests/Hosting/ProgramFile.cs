namespace GroqKit.Cli.Tests.Hosting;

/// <summary>Scripts that stand in for programs.</summary>
internal static class ProgramFile
{
    /// <summary>Lets a file be run.</summary>
    public static void Allow(string path)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserExecute | UnixFileMode.UserRead);
    }
}
