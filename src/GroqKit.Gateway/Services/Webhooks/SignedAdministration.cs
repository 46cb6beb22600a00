using GroqKit.Gateway.Services.Administration;
using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Webhooks;

/// <summary>What administering webhooks is the same for, whichever way their messages go.</summary>
internal abstract class SignedAdministration<TRecord>(
    RecordEditor<TRecord> records,
    WebhookSecrets secrets,
    TimeProvider time
)
    where TRecord : class, ISigned<TRecord>
{
    protected RecordEditor<TRecord> Records => records;

    protected WebhookSecrets Secrets => secrets;

    protected TimeProvider Time => time;

    /// <exception cref="GatewayException">There is none.</exception>
    public Task<TRecord> GetAsync(Actor actor, string key, CancellationToken cancellationToken) =>
        records.GetAsync(actor.Tenant, key, cancellationToken);

    public Task<IReadOnlyList<TRecord>> ListAsync(
        Actor actor,
        string? after,
        int count,
        CancellationToken cancellationToken
    ) => records.ListAsync(actor.Tenant, after, count, cancellationToken);

    /// <summary>Gives it a new secret; the one before counts too for <paramref name="overlap"/>.</summary>
    /// <returns>The record, and its new secret, which nothing shows again.</returns>
    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public async Task<(TRecord Record, WebhookSecret Secret)> RotateAsync(
        Actor actor,
        string key,
        long? expected,
        TimeSpan overlap,
        CancellationToken cancellationToken
    )
    {
        var secret = WebhookSecret.Create();
        TRecord record = await records.ChangeAsync(
            actor,
            key,
            expected,
            "rotate",
            before => before.With(secrets.Rotate(before.Place, before.Secrets, secret, overlap), Time.GetUtcNow()),
            cancellationToken
        );
        return (record, secret);
    }

    /// <exception cref="GatewayException">There is none, or it was changed meanwhile.</exception>
    public Task DeleteAsync(Actor actor, string key, long? expected, CancellationToken cancellationToken) =>
        records.DeleteAsync(actor, key, expected, cancellationToken);
}
