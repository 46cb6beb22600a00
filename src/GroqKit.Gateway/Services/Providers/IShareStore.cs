using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Providers;

/// <summary>Where shares last. Writing makes all nodes read their configuration anew.</summary>
internal interface IShareStore
{
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task SetAsync(ProviderShare share, Change change, CancellationToken cancellationToken);
}
