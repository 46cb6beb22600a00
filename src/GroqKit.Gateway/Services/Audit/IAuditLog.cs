using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Audit;

/// <summary>Reads who changed what. Entries are written with the change itself.</summary>
internal interface IAuditLog
{
    /// <summary>The newest entries of a tenant, at most <paramref name="count"/> of those before <paramref name="before"/>.</summary>
    /// <exception cref="StorageException">The log can't be reached.</exception>
    Task<IReadOnlyList<AuditEntry>> ListAsync(
        string tenant,
        long? before,
        int count,
        CancellationToken cancellationToken
    );
}
