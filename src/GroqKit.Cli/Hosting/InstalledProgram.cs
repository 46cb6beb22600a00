using System.ComponentModel;
using System.Diagnostics;

namespace GroqKit.Cli.Hosting;

/// <summary>Programs of the system that commands hand work to.</summary>
internal static class InstalledProgram
{
    /// <summary>The file of a program.</summary>
    /// <param name="name">Its name, without an extension.</param>
    /// <param name="environment">For the path.</param>
    /// <param name="places">Folders to look in after those of the path.</param>
    /// <returns>Null when it is not installed.</returns>
    public static string? Find(string name, Func<string, string?> environment, params IEnumerable<string> places)
    {
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return (environment("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Concat(places)
            .Select(folder => Path.Combine(folder, file))
            .FirstOrDefault(File.Exists);
    }

    /// <exception cref="IOException">The system refuses to start it.</exception>
    public static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw new IOException($"{Path.GetFileName(start.FileName)} could not be started: {error.Message}", error);
        }
    }
}
