using System.Data.Common;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Objects;

/// <summary>Whose the files and batches are that providers keep under the gateway's own account.</summary>
internal interface IObjectOwners
{
    /// <summary>Notes an owner; what is noted already stays as it is.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task AddAsync(OwnedObject owned, CancellationToken cancellationToken);

    /// <summary>Null when the tenant has no such object.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<OwnedObject?> FindAsync(string tenant, string kind, string id, CancellationToken cancellationToken);

    /// <summary>The tenant's objects of a kind, the newest first.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyList<OwnedObject>> ListAsync(string tenant, string kind, CancellationToken cancellationToken);

    /// <summary>Batches of all tenants that aren't known to be over, the oldest first.</summary>
    /// <param name="after">Behind which one to begin; null for the oldest.</param>
    /// <param name="most">How many at most.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyList<OwnedObject>> OpenBatchesAsync(
        OwnedObject? after,
        int most,
        CancellationToken cancellationToken
    );

    /// <summary>Notes that a batch is over, with whatever else the transaction writes.</summary>
    Task EndAsync(DbTransaction transaction, OwnedObject batch, DateTimeOffset at, CancellationToken cancellationToken);

    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task RemoveAsync(OwnedObject owned, CancellationToken cancellationToken);
}
