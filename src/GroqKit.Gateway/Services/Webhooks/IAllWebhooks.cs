using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>The webhooks of all tenants, for what the gateway does with all of them. Throws <see cref="StorageException"/> when the store can't be reached.</summary>
internal interface IAllWebhooks
{
    Task<IReadOnlyList<WebhookTarget>> TargetsAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<WebhookSource>> SourcesAsync(CancellationToken cancellationToken);
}
