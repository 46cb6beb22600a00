namespace GroqKit.TestKit;

/// <summary>A folder of its own for one test, gone when the test ends.</summary>
public sealed class TempDirectory : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("groqkit-");

    /// <summary>The absolute path.</summary>
    public string FullPath => _folder.FullName;

    /// <summary>The path of something inside; its folder exists afterwards, the file itself is not created.</summary>
    public string At(params string[] parts)
    {
        string path = Path.Combine([FullPath, .. parts]);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
