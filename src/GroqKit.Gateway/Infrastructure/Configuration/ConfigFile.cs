namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>What the operator's file says, as settings by path. Every value remembers where it stands, for errors.</summary>
internal sealed class ConfigFile
{
    /// <summary>The setting that names the file.</summary>
    public const string PathSetting = "GROQKIT_CONFIG";

    /// <summary>No file at all.</summary>
    public static readonly ConfigFile None = new();

    /// <summary>The settings.</summary>
    public Dictionary<string, string?> Values { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Where each setting stands: file and path in it.</summary>
    public Dictionary<string, string> Origins { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>What is wrong with the file itself.</summary>
    public List<string> Errors { get; } = [];

    /// <summary>The files that were read.</summary>
    public List<string> Files { get; } = [];

    /// <summary>
    /// Reads a file and, laid over it, the one of the same name for the environment: <c>groqkit.yaml</c>, then
    /// <c>groqkit.Production.yaml</c> where there is one.
    /// </summary>
    /// <param name="path">The file, YAML or JSON by its extension.</param>
    /// <param name="environment">For example <c>Production</c>.</param>
    /// <param name="variable">Looks up what <c>${NAME}</c> stands for.</param>
    public static ConfigFile Read(string path, string environment, Func<string, string?> variable)
    {
        var file = new ConfigFile();
        var flat = new ConfigFlattening(file, variable);
        flat.Add(path);
        string overlay = Path.ChangeExtension(path, $"{environment}{Path.GetExtension(path)}");
        if (File.Exists(overlay))
            flat.Add(overlay);
        return file;
    }
}
