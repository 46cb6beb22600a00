namespace GroqKit.EndToEnd.Architecture;

/// <summary>The files of the working copy that people write: no build output, no packages, no version control.</summary>
internal static class OwnFiles
{
    private static readonly HashSet<string> NotOurs =
    [
        ".git",
        ".idea",
        ".vs",
        "artifacts",
        "bin",
        "data",
        "node_modules",
        "obj",
    ];

    public static IEnumerable<string> All() => Below(Repository.Root);

    private static IEnumerable<string> Below(string folder) =>
        Directory
            .EnumerateFiles(folder)
            .Concat(
                Directory
                    .EnumerateDirectories(folder)
                    .Where(inner => !NotOurs.Contains(Path.GetFileName(inner)))
                    .SelectMany(Below)
            );
}
