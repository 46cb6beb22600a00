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

    /// <summary>Objects of a kind, of all tenants, whose use was not put to account yet; the oldest first.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyList<OwnedObject>> UnsettledAsync(string kind, int count, CancellationToken cancellationToken);

    /// <summary>Notes that the use of an object is put to account, with whatever else the transaction writes.</summary>
    Task SettleAsync(
        DbTransaction transaction,
        OwnedObject settled,
        DateTimeOffset at,
        CancellationToken cancellationToken
    );

    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task RemoveAsync(OwnedObject owned, CancellationToken cancellationToken);
}
