using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Where it lasts how providers do. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IHealthStore
{
    Task<IReadOnlyList<ProviderHealth>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Writes what was found, and forgets providers that are not in it.</summary>
    JobEffect Replace(IReadOnlyList<ProviderHealth> found);
}
