using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>How often calls had to go to another provider.</summary>
internal interface IFallbackStatistics
{
    /// <returns>By tenant.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyDictionary<string, FallbackEvent>> SinceAsync(
        DateTimeOffset from,
        IEnumerable<string> tenants,
        CancellationToken cancellationToken
    );
}
