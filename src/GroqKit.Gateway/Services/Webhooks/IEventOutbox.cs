using System.Data.Common;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Keeps events until every target has them.</summary>
internal interface IEventOutbox
{
    /// <summary>Tells what happened; once, however often it is called with the same unique key.</summary>
    /// <returns>False when it was told before.</returns>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    Task<bool> PublishAsync(WebhookEvent what, CancellationToken cancellationToken);

    /// <summary>The same, together with whatever else the transaction writes.</summary>
    Task<bool> PublishAsync(DbTransaction transaction, WebhookEvent what, CancellationToken cancellationToken);
}
