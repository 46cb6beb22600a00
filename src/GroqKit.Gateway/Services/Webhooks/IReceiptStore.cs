using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Remembers what came in, for all nodes. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IReceiptStore
{
    /// <summary>Stores a message, and asks for the job, in one transaction; only the first time.</summary>
    Task<ReceiptVerdict> TakeAsync(IncomingMessage message, JobRequest job, CancellationToken cancellationToken);

    Task<IncomingMessage?> FindAsync(string tenant, string source, string id, CancellationToken cancellationToken);
}
