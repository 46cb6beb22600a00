namespace GroqKit.TestKit;

/// <summary>The working copy that the running tests were built from.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>GroqKit.slnx</c>.</summary>
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    /// <summary>The absolute path of something inside.</summary>
    public static string At(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Every file under a folder of the working copy that matches, without build output, in ordinal order.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern)
    {
        string top = At(folder);
        if (!Directory.Exists(top))
            return [];
        return
        [
            .. Directory
                .EnumerateFiles(top, pattern, SearchOption.AllDirectories)
                .Where(file => !IsBuildOutput(Path.GetRelativePath(top, file)))
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsBuildOutput(string relative) =>
        relative.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "artifacts");

    private static string Find(string from)
    {
        for (DirectoryInfo? folder = new(from); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "GroqKit.slnx")))
                return folder.FullName;
        }
        throw new InvalidOperationException($"No GroqKit.slnx above {from}: run the tests from where they were built.");
    }
}
