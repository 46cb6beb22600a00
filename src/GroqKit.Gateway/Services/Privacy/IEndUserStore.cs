using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>Everything that is stored of the people on whose behalf callers call.</summary>
internal interface IEndUserStore
{
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<EndUserView> ExportAsync(string tenant, string user, CancellationToken cancellationToken);

    /// <summary>Takes a person out of everything; accounts stay, without saying whose they were.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<ErasedView> EraseAsync(string tenant, string user, Change change, CancellationToken cancellationToken);

    /// <summary>Who was erased since then, on any node.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyList<Erasure>> ErasedSinceAsync(DateTimeOffset since, CancellationToken cancellationToken);
}
