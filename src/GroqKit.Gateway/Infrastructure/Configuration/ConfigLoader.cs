namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>Reads all settings, from the command line, the environment and the operator's file, in this order; again when the file changes.</summary>
internal sealed class ConfigLoader
{
    private readonly ConfigurationManager _configuration;
    private readonly IHostEnvironment _environment;
    private readonly ConfigFileProvider _source = new();

    private ConfigLoader(ConfigurationManager configuration, IHostEnvironment environment)
    {
        _configuration = configuration;
        _environment = environment;
        _configuration.Sources.Insert(0, _source);
        FilePath = configuration[ConfigFile.PathSetting] is { Length: > 0 } path
            ? Path.GetFullPath(path, environment.ContentRootPath)
            : null;
        (File, Reader, Settings) = Read();
    }

    /// <summary>The operator's file; null without one.</summary>
    public string? FilePath { get; }

    /// <summary>What the file says.</summary>
    public ConfigFile File { get; private set; }

    /// <summary>Knows every setting that was read.</summary>
    public SettingsReader Reader { get; private set; }

    /// <summary>The settings; only as good as they can be where something is wrong.</summary>
    public GatewaySettings Settings { get; private set; }

    /// <summary>Reads everything, and throws nothing for what is wrong in it.</summary>
    public static ConfigLoader Load(ConfigurationManager configuration, IHostEnvironment environment) =>
        new(configuration, environment);

    /// <summary>Reads everything, for a gateway that is to start.</summary>
    /// <exception cref="SettingsException">Anything is wrong; lists all of it.</exception>
    public static ConfigLoader LoadValid(ConfigurationManager configuration, IHostEnvironment environment)
    {
        ConfigLoader loader = Load(configuration, environment);
        loader.Reader.ThrowIfFailed();
        return loader;
    }

    /// <summary>Reads the file again.</summary>
    /// <returns>The paths of settings that are other than before.</returns>
    /// <exception cref="SettingsException">Anything is wrong; then everything stays as it was.</exception>
    public IReadOnlyList<string> Reload()
    {
        ConfigFile before = File;
        try
        {
            (ConfigFile file, SettingsReader reader, GatewaySettings settings) = Read();
            reader.ThrowIfFailed();
            (File, Reader, Settings) = (file, reader, settings);
        }
        catch
        {
            _source.Take(before);
            throw;
        }
        return
        [
            .. before
                .Values.Keys.Union(File.Values.Keys, StringComparer.OrdinalIgnoreCase)
                .Where(path => before.Values.GetValueOrDefault(path) != File.Values.GetValueOrDefault(path))
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The effective value of a setting; null where its default counts.</summary>
    public string? ValueOf(string path) => _configuration[path] is { Length: > 0 } value ? value : null;

    private (ConfigFile, SettingsReader, GatewaySettings) Read()
    {
        ConfigFile file = FilePath is null
            ? ConfigFile.None
            : ConfigFile.Read(FilePath, _environment.EnvironmentName, Variable);
        _source.Take(file);
        var reader = new SettingsReader(_configuration, file);
        return (file, reader, GatewaySettings.Read(reader, _environment));
    }

    // By its own name too: two underscores in a variable's name mean a colon to the configuration.
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name);
}
