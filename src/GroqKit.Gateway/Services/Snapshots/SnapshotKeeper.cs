using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>
/// Makes the snapshot follow the stored configuration: at once for changes on this node, within <see cref="Interval"/> and the time of
/// one read for those on others. While the store can't be reached, the snapshot stays as it is.
/// </summary>
internal sealed partial class SnapshotKeeper(
    IConfigurationStore store,
    SnapshotBuilder builder,
    CurrentSnapshot current,
    TimeProvider time,
    ILogger<SnapshotKeeper> logger
) : BackgroundService
{
    /// <summary>How often a node asks whether anything has changed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _refreshing = new(1, 1);

    /// <summary>Reads the configuration if it has changed.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    /// <exception cref="SecretException">At the start, when a provider's key can't be read.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken) => ReadAsync(evenUnchanged: false, cancellationToken);

    /// <summary>Reads the configuration anew, for what has changed besides it.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public Task ReloadAsync(CancellationToken cancellationToken) => ReadAsync(evenUnchanged: true, cancellationToken);

    private async Task ReadAsync(bool evenUnchanged, CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            if (!evenUnchanged && await store.VersionAsync(cancellationToken) == current.Value.Version)
                return;
            bool starting = current.Value.Version < 0;
            current.Value = builder.Build(
                await store.LoadAsync(cancellationToken),
                broken =>
                {
                    if (starting)
                        throw broken;
                    Unreadable(broken.Message);
                }
            );
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public override void Dispose()
    {
        _refreshing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool failing = false;
        using var timer = new PeriodicTimer(Interval, time);
        while (await NextAsync(timer, stoppingToken))
        {
            try
            {
                await RefreshAsync(stoppingToken);
                if (failing)
                    Recovered();
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it is, calls go on with what was read last.
                if (!failing)
                    Stale(failure.Message);
                failing = true;
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stoppingToken)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stoppingToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The configuration can't be read; the last one stays in force: {Reason}")]
    private partial void Stale(string reason);

    [LoggerMessage(3, LogLevel.Error, "A provider is left out: {Reason}")]
    private partial void Unreadable(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The configuration can be read again")]
    private partial void Recovered();
}
