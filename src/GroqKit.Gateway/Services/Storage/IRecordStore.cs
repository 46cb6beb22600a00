namespace GroqKit.Gateway.Services.Storage;

/// <summary>
/// Where records of one kind last. Every write is one transaction with its entry in the audit log, and makes all nodes read their
/// configuration anew. Never on the path of a call.
/// </summary>
internal interface IRecordStore<T>
    where T : class, IRecord
{
    /// <summary>The records of a tenant by key, at most <paramref name="count"/> of those after <paramref name="after"/>.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<IReadOnlyList<T>> ListAsync(string tenant, string? after, int count, CancellationToken cancellationToken);

    /// <summary>Null when the tenant has none of that key.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<T?> FindAsync(string tenant, string key, CancellationToken cancellationToken);

    /// <returns>False when the key is taken.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<bool> AddAsync(T record, Change change, CancellationToken cancellationToken);

    /// <summary>Puts a record in the place of the one before it.</summary>
    /// <returns>False when the stored version isn't the one before the record's.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<bool> ReplaceAsync(T record, Change change, CancellationToken cancellationToken);

    /// <returns>False when the stored record is another version, or gone.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<bool> DeleteAsync(T record, Change change, CancellationToken cancellationToken);
}
