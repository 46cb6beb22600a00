using GroqKit.Gateway.Infrastructure.Database;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Infrastructure.Webhooks;

internal sealed class AllWebhooks(IDatabase database, WebhookTargetTable targets, WebhookSourceTable sources)
    : IAllWebhooks
{
    public Task<IReadOnlyList<WebhookTarget>> TargetsAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => targets.AllAsync(transaction, cancellationToken), cancellationToken);

    public Task<IReadOnlyList<WebhookSource>> SourcesAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(transaction => sources.AllAsync(transaction, cancellationToken), cancellationToken);
}
