using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>Reads the whole configuration for the snapshot in memory.</summary>
internal interface IConfigurationStore
{
    /// <summary>Grows with every change.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<long> VersionAsync(CancellationToken cancellationToken);

    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<StoredConfiguration> LoadAsync(CancellationToken cancellationToken);
}
