using GroqKit.Gateway.Services.Egress;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;

namespace GroqKit.Gateway.Infrastructure.Configuration;

/// <summary>
/// Looks every two seconds whether the operator's file has changed. Its providers, aliases and allowed hosts take effect at once; other settings at the next
/// start. A file with an error changes nothing.
/// </summary>
internal sealed partial class ConfigWatcher(
    ConfigLoader loader,
    EnvironmentConfiguration environment,
    SnapshotKeeper snapshots,
    EgressRules egress,
    TimeProvider time,
    ILogger<ConfigWatcher> logger
) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private string _seen = StampOf(loader);

    /// <summary>Reads the file if it has changed since the last look.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        string stamp = StampOf(loader);
        if (stamp == _seen)
            return;
        _seen = stamp;
        IReadOnlyList<string> changed;
        try
        {
            changed = loader.Reload();
        }
        catch (SettingsException wrong)
        {
            foreach (string error in wrong.Errors)
                Wrong(error);
            return;
        }
        if (changed.Any(IsRouting))
        {
            // Before anybody is led there.
            egress.Follow(loader.Settings.Egress);
            // Whoever stands in for Groq without a key goes on standing in.
            Provider first = loader.Settings.Provider ?? environment.Default;
            environment.Take(
                [first, .. loader.Settings.MoreProviders.Where(provider => provider.Name != first.Name)],
                loader.Settings.Aliases
            );
            await snapshots.ReloadAsync(cancellationToken);
            Reloaded();
        }
        foreach (string path in changed.Where(path => !IsRouting(path)))
            NextStart(path);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (loader.FilePath is null)
            return;
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    await LookAsync(stoppingToken);
                }
                catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
                {
                    Wrong(failure.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The gateway stops.
        }
    }

    private static bool IsRouting(string path) =>
        path.StartsWith(ProviderSettings.Section + ":", StringComparison.OrdinalIgnoreCase)
        || path.StartsWith(AliasSettings.Section + ":", StringComparison.OrdinalIgnoreCase)
        || path.Equals(AliasSettings.OpenAiNamesPath, StringComparison.OrdinalIgnoreCase)
        || path.Equals(GatewaySettings.AllowedHostsPath, StringComparison.OrdinalIgnoreCase);

    private static string StampOf(ConfigLoader loader)
    {
        if (loader.FilePath is not { } path)
            return "";
        string folder = Path.GetDirectoryName(path)!;
        string name = Path.GetFileNameWithoutExtension(path);
        return string.Join(
            '|',
            new DirectoryInfo(folder)
                .EnumerateFiles($"{name}*{Path.GetExtension(path)}")
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}")
        );
    }

    [LoggerMessage(70, LogLevel.Error, "The changed configuration is not used: {Reason}")]
    private partial void Wrong(string reason);

    [LoggerMessage(71, LogLevel.Warning, "The changed providers, aliases and allowed hosts are in use")]
    private partial void Reloaded();

    [LoggerMessage(72, LogLevel.Warning, "The changed setting {Path} takes effect at the next start")]
    private partial void NextStart(string path);
}
