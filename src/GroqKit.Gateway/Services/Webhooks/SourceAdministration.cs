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
{
    private readonly RecordEditor<WebhookSource> _sources = new(
        "webhook source",
        "webhook-sources",
        source => JsonSerializer.Serialize(WebhookSourceView.Of(source), AdminJson.Default.WebhookSourceView),
        store,
        snapshots,
        time
    );

    /// <summary>What can be done with messages.</summary>
    public IReadOnlyList<string> Handlers { get; } = [.. handlers.Select(handler => handler.Name).Order()];

    public Task<WebhookSource> GetAsync(Actor actor, string name, CancellationToken cancellationToken) =>
        _sources.GetAsync(actor.Tenant, name, cancellationToken);

    public Task<IReadOnlyList<WebhookSource>> ListAsync(
        Actor actor,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => _sources.ListAsync(actor.Tenant, after, count, cancellationToken);

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
        DateTimeOffset now = time.GetUtcNow();
        var source = new WebhookSource
        {
            Tenant = actor.Tenant,
            Name = name,
            Handler = handler,
            Secrets = [secrets.Seal(WebhookSecrets.PlaceOfSource(actor.Tenant, name), secret)],
            CreatedAt = now,
            UpdatedAt = now,
        };
        await _sources.AddAsync(actor, source, cancellationToken);
        return (source, secret);
    }

    /// <summary>Gives a source a new secret; the one before is taken too for <paramref name="overlap"/>.</summary>
    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public async Task<(WebhookSource Source, WebhookSecret Secret)> RotateAsync(
        Actor actor,
        string name,
        long? expected,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        var secret = WebhookSecret.Create();
        string place = WebhookSecrets.PlaceOfSource(actor.Tenant, name);
        WebhookSource source = await _sources.ChangeAsync(
            actor,
            name,
            expected,
            "rotate",
            before =>
                before with
                {
                    Secrets = secrets.Rotate(place, before.Secrets, secret, overlap),
                    UpdatedAt = time.GetUtcNow(),
                    Version = before.Version + 1,
                },
            cancellationToken
        );
        return (source, secret);
    }

    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task DeleteAsync(Actor actor, string name, long? expected, CancellationToken cancellationToken) =>
        _sources.DeleteAsync(actor, name, expected, cancellationToken);
}
