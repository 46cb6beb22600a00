using System.Security.Cryptography;
using System.Text.Json;
using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Egress;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>Makes, changes and removes webhook targets, and sends them messages again.</summary>
internal sealed class WebhookAdministration(
    IRecordStore<WebhookTarget> store,
    IDeliveryStore deliveries,
    WebhookSecrets secrets,
    EgressRules egress,
    SnapshotKeeper snapshots,
    TimeProvider time
)
    : SignedAdministration<WebhookTarget>(
        new RecordEditor<WebhookTarget>(
            "webhook",
            "webhooks",
            target => JsonSerializer.Serialize(WebhookTargetView.Of(target), AdminJson.Default.WebhookTargetView),
            store,
            snapshots,
            time
        ),
        secrets,
        time
    )
{
    /// <summary>How many targets a tenant may have: every event is written once for each.</summary>
    public const int MaxTargets = 50;

    private const string DisabledByHand = "disabled by hand";

    /// <returns>The target, and its secret, which nothing shows again.</returns>
    /// <exception cref="GatewayException">The address isn't one to call, or there are too many targets.</exception>
    public async Task<(WebhookTarget Target, WebhookSecret Secret)> CreateAsync(
        Actor actor,
        WebhookTargetRequest request,
        CancellationToken cancellationToken
    )
    {
        Uri url = Check(request.Url ?? throw RequestErrors.Missing("url"));
        if ((await store.ListAsync(actor.Tenant, null, MaxTargets, cancellationToken)).Count == MaxTargets)
            throw RequestErrors.TooMany("webhooks", MaxTargets);
        string id = "wh_" + RandomNumberGenerator.GetHexString(16, lowercase: true);
        var secret = WebhookSecret.Create();
        DateTimeOffset now = Time.GetUtcNow();
        var empty = new WebhookTarget
        {
            Tenant = actor.Tenant,
            Id = id,
            Url = url,
            Secrets = [Secrets.Seal(WebhookSecrets.PlaceOfTarget(actor.Tenant, id), secret)],
            CreatedAt = now,
            UpdatedAt = now,
        };
        WebhookTarget target = Fill(empty, request);
        await Records.AddAsync(actor, target, cancellationToken);
        return (target, secret);
    }

    /// <exception cref="GatewayException">There is none, it was changed meanwhile, or the address isn't one to call.</exception>
    public Task<WebhookTarget> UpdateAsync(
        Actor actor,
        string id,
        long? expected,
        WebhookTargetRequest request,
        CancellationToken cancellationToken
    ) =>
        Records.ChangeAsync(
            actor,
            id,
            expected,
            "update",
            before => Fill(before, request) with { UpdatedAt = Time.GetUtcNow(), Version = before.Version + 1 },
            cancellationToken
        );

    /// <summary>Sends a test event.</summary>
    /// <exception cref="GatewayException">There is no such target.</exception>
    public async Task<Delivery> TestAsync(Actor actor, string id, CancellationToken cancellationToken)
    {
        WebhookTarget target = await GetAsync(actor, id, cancellationToken);
        string delivery = await deliveries.TestAsync(target, cancellationToken);
        return await DeliveryAsync(actor, id, delivery, cancellationToken);
    }

    /// <exception cref="GatewayException">There is no such target.</exception>
    public async Task<IReadOnlyList<Delivery>> DeliveriesAsync(
        Actor actor,
        string id,
        string? before,
        int count,
        CancellationToken cancellationToken
    )
    {
        await GetAsync(actor, id, cancellationToken);
        return await deliveries.ListAsync(actor.Tenant, id, before, count, cancellationToken);
    }

    /// <exception cref="GatewayException">There is no such target or delivery.</exception>
    public async Task<Delivery> DeliveryAsync(
        Actor actor,
        string id,
        string delivery,
        CancellationToken cancellationToken
    )
    {
        await GetAsync(actor, id, cancellationToken);
        return
            await deliveries.FindAsync(actor.Tenant, delivery, cancellationToken) is { } found && found.TargetId == id
            ? found
            : throw RequestErrors.NotFound("delivery", delivery);
    }

    public Task<IReadOnlyList<DeliveryAttempt>> LogAsync(Delivery delivery, CancellationToken cancellationToken) =>
        deliveries.LogAsync(delivery.Id, cancellationToken);

    /// <summary>Sends a message once more, whatever became of it.</summary>
    /// <exception cref="GatewayException">There is no such target or delivery.</exception>
    public async Task<Delivery> RedeliverAsync(
        Actor actor,
        string id,
        string delivery,
        CancellationToken cancellationToken
    )
    {
        Delivery found = await DeliveryAsync(actor, id, delivery, cancellationToken);
        var change = new Change(
            Time.GetUtcNow(),
            actor.Tenant,
            actor.Key.Id,
            "webhooks.redeliver",
            $"webhooks/{id}",
            $$"""{"delivery":"{{found.Id}}","type":"{{found.Type}}"}""",
            actor.RequestId
        );
        await deliveries.RedeliverAsync(found, change, cancellationToken);
        return await DeliveryAsync(actor, id, delivery, cancellationToken);
    }

    private WebhookTarget Fill(WebhookTarget before, WebhookTargetRequest request) =>
        before with
        {
            Url = request.Url is { } url ? Check(url) : before.Url,
            Description = request.Description ?? before.Description,
            Events = request.Events ?? before.Events,
            DisabledReason = request.Enabled switch
            {
                true => null,
                false => before.DisabledReason ?? DisabledByHand,
                null => before.DisabledReason,
            },
        };

    private Uri Check(string url)
    {
        try
        {
            return egress.Check(url);
        }
        catch (EgressException refused)
        {
            throw RequestErrors.WrongValue("url", refused.Message);
        }
    }
}
