using GroqKit.Packages;

[assembly: AssemblyFixture(typeof(Packing))]

namespace GroqKit.Packages;

/// <summary>Every package, made once by <c>eng/pack.sh</c> as a release makes it, in a folder that serves as a feed.</summary>
public sealed class Packing : IAsyncLifetime
{
    private readonly TempDirectory _folder = new();

    /// <summary>Where the packages are.</summary>
    public string Feed => _folder.At("feed");

    /// <summary>The packages, symbols apart.</summary>
    public IReadOnlyList<string> Files => [.. Directory.EnumerateFiles(Feed, "*.nupkg").Order(StringComparer.Ordinal)];

    /// <summary>The ids of the packages.</summary>
    public IReadOnlyList<string> Ids =>
        [
            .. Files.Select(file =>
            {
                using Package package = Package.Open(file);
                return package.Id;
            }),
        ];

    /// <summary>The version of a package that was made.</summary>
    public string VersionOf(string id) => Opened(id, package => package.Version);

    /// <summary>What is read from a package that was made.</summary>
    internal T Opened<T>(string id, Func<Package, T> read)
    {
        using Package package = Open(id);
        return read(package);
    }

    internal Package Open(string id) =>
        Files
            .Select(Package.Open)
            .Single(package =>
            {
                if (package.Id == id)
                    return true;
                package.Dispose();
                return false;
            });

    /// <summary>Whether the clone's remote is one that source link can lead to, or stands in for none.</summary>
    public bool LeadsToSource { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Command remote = await Command.RunAsync("git", ["config", "remote.origin.url"], Repository.Root);
        string address = remote.Output.Trim();
        LeadsToSource =
            Path.Exists(Repository.At(".git"))
            && (address.Length == 0 || address.Contains("github.com", StringComparison.Ordinal));
        (string, string?)[] environment = [("CI", "true")];
        if (address.Length == 0)
        {
            // A clone without a remote gets one for this build alone, from the user's settings.
            string settings = _folder.At("settings", "git", "config");
            await File.WriteAllTextAsync(
                settings,
                "[remote \"origin\"]\n\turl = https://github.com/example/groqkit.git\n"
            );
            environment = [.. environment, ("XDG_CONFIG_HOME", _folder.At("settings"))];
        }
        // Apart from the other build output, which stays as it is; kept, so that the next run is quick. Analyzers had their say in the build.
        await Command.SucceedAsync(
            Repository.At("eng", "pack.sh"),
            [
                Feed,
                $"-property:ArtifactsPath={Repository.At("artifacts", "packages", ".work")}",
                "-property:RunAnalyzers=false",
                // A version that nobody has, so that no cache of packages can stand in for what was made.
                "-property:PackageVersion=0.0.0-fresh",
                // A build server reads the settings of the clone alone.
                "-property:GitRepositoryConfigurationScope=",
            ],
            Repository.Root,
            environment
        );
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}
