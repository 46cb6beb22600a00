using GroqKit.Gateway.Services.Secrets;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>
/// Makes the snapshot follow the stored configuration: at once for changes on this node, as soon as they are told for those on others,
/// and within <see cref="ChangeFollower.Interval"/> and the time of one read when nobody tells. While the store can't be reached, the snapshot stays
/// as it is.
/// </summary>
internal sealed partial class SnapshotKeeper(
    IConfigurationStore store,
    SnapshotBuilder builder,
    CurrentSnapshot current,
    TimeProvider time,
    ILogger<SnapshotKeeper> logger,
    IChangeSignal? signal = null
) : ChangeFollower(time, signal)
{
    private readonly SemaphoreSlim _refreshing = new(1, 1);

    /// <summary>Puts a change that this node has stored in force: here when this returns, elsewhere as soon as it is heard.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task ChangedAsync(CancellationToken cancellationToken)
    {
        await AnnounceAsync(cancellationToken);
        await RefreshAsync(cancellationToken);
    }

    /// <summary>Reads the configuration if it has changed.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    /// <exception cref="SecretException">At the start, when a provider's key can't be read.</exception>
    public Task RefreshAsync(CancellationToken cancellationToken) => ReadAsync(evenUnchanged: false, cancellationToken);

    /// <summary>What a tenant has, as it is now on any node.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task<TenantView> ViewAsync(string tenant, CancellationToken cancellationToken)
    {
        await RefreshAsync(cancellationToken);
        return current.Value[tenant];
    }

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

    protected override Task FollowAsync(CancellationToken cancellationToken) => RefreshAsync(cancellationToken);

    // Calls go on with what was read last.
    protected override void OnFailing(Exception failure) => Stale(failure.Message);

    protected override void OnRecovered() => Recovered();

    [LoggerMessage(1, LogLevel.Error, "The configuration can't be read; the last one stays in force: {Reason}")]
    private partial void Stale(string reason);

    [LoggerMessage(3, LogLevel.Error, "A provider is left out: {Reason}")]
    private partial void Unreadable(string reason);

    [LoggerMessage(2, LogLevel.Warning, "The configuration can be read again")]
    private partial void Recovered();
}
