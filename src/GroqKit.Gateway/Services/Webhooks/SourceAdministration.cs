using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Makes, changes and removes webhook sources.</summary>
internal sealed class SourceAdministration(
    IRecordStore<WebhookSource> store,
    WebhookSecrets secrets,
    IEnumerable<IIncomingHandler> handlers,
    SnapshotKeeper snapshots,
    TimeProvider time
)
    : SignedAdministration<WebhookSource>(
        new RecordEditor<WebhookSource>(
            "webhook source",
            "webhook-sources",
            source => JsonSerializer.Serialize(WebhookSourceView.Of(source), AdminJson.Default.WebhookSourceView),
            store,
            snapshots,
            time
        ),
        secrets,
        time
    )
{
    /// <summary>What can be done with messages.</summary>
    public IReadOnlyList<string> Handlers { get; } = [.. handlers.Select(handler => handler.Name).Order()];

    /// <param name="actor">Who makes it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="handler">One of <see cref="Handlers"/>.</param>
    /// <param name="given">The sender's own secret; null for a new one.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The source, and its secret, which nothing shows again.</returns>
    /// <exception cref="GatewayException">The name is taken.</exception>
    public async Task<(WebhookSource Source, WebhookSecret Secret)> CreateAsync(
        Actor actor,
        string name,
        string handler,
        WebhookSecret? given,
        CancellationToken cancellationToken
    )
    {
        WebhookSecret secret = given ?? WebhookSecret.Create();
        DateTimeOffset now = Time.GetUtcNow();
        var source = new WebhookSource
        {
            Tenant = actor.Tenant,
            Name = name,
            Handler = handler,
            Secrets = [Secrets.Seal(WebhookSecrets.PlaceOfSource(actor.Tenant, name), secret)],
            CreatedAt = now,
            UpdatedAt = now,
        };
        await Records.AddAsync(actor, source, cancellationToken);
        return (source, secret);
    }
}
