using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Where deliveries and their log last. Every member throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IDeliveryStore
{
    /// <summary>A target's deliveries, the newest first, at most <paramref name="count"/> of those before <paramref name="before"/>.</summary>
    Task<IReadOnlyList<Delivery>> ListAsync(
        string tenant,
        string targetId,
        string? before,
        int count,
        CancellationToken cancellationToken
    );

    Task<Delivery?> FindAsync(string tenant, string id, CancellationToken cancellationToken);

    Task<IReadOnlyList<DeliveryAttempt>> LogAsync(string id, CancellationToken cancellationToken);

    /// <summary>Sends a message once more, whatever became of it.</summary>
    Task RedeliverAsync(Delivery delivery, Change change, CancellationToken cancellationToken);

    /// <summary>Sends a test event to one target.</summary>
    /// <returns>The delivery's id.</returns>
    Task<string> TestAsync(WebhookTarget target, CancellationToken cancellationToken);

    /// <summary>Logs an attempt, together with what follows from it.</summary>
    /// <param name="delivery">What was sent.</param>
    /// <param name="target">Where to.</param>
    /// <param name="attempt">How it went; null where nothing was sent.</param>
    /// <param name="state">Where the delivery stands now.</param>
    /// <param name="disable">Why nothing more is to be sent to the target; null to go on.</param>
    JobEffect Record(
        Delivery delivery,
        WebhookTarget target,
        DeliveryAttempt? attempt,
        string state,
        string? disable = null
    );
}
