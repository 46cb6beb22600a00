using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Privacy;
using GroqKit.Gateway.Services.Providers;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Sync;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Secrets;

/// <summary>
/// Moves every stored secret that is under another master key to the present one. Calls go on meanwhile: nodes read both. Once nothing
/// is left, the previous key can be forgotten.
/// </summary>
internal sealed class RewrapTask(
    IConfigurationStore configuration,
    IRecordStore<ProviderConfiguration> providers,
    IAllWebhooks webhooks,
    IRecordStore<WebhookTarget> targets,
    IRecordStore<WebhookSource> sources,
    IKeptBodies bodies,
    ISecretProtector protector,
    SnapshotKeeper snapshots,
    TimeProvider time
) : ISyncTask
{
    private const string Gateway = "gateway";

    public string Name => "secrets";

    public TimeSpan Interval => TimeSpan.FromHours(1);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        if (!protector.IsAvailable)
            return new SyncResult("No master key is set.");
        int moved = 0;
        StoredConfiguration stored = await configuration.LoadAsync(cancellationToken);
        foreach (ProviderConfiguration provider in stored.Providers)
        {
            if (provider.ProtectedKey is not { } key || !protector.IsOutdated(key))
                continue;
            string again = Rewrap(SnapshotBuilder.PlaceOf(provider.Tenant, provider.Name), key);
            ProviderConfiguration changed = provider with { ProtectedKey = again, Version = provider.Version + 1 };
            if (await providers.ReplaceAsync(changed, Describe(changed, "providers"), cancellationToken))
                moved++;
        }
        moved += await RewrapAsync(
            await webhooks.TargetsAsync(cancellationToken),
            targets,
            "webhooks",
            cancellationToken
        );
        moved += await RewrapAsync(
            await webhooks.SourcesAsync(cancellationToken),
            sources,
            "webhook-sources",
            cancellationToken
        );
        moved += await bodies.RewrapAsync(cancellationToken);
        if (moved > 0)
            await snapshots.RefreshAsync(cancellationToken);
        return new SyncResult($"{moved} secrets moved to the present master key.");
    }

    private async Task<int> RewrapAsync<TRecord>(
        IEnumerable<TRecord> records,
        IRecordStore<TRecord> store,
        string area,
        CancellationToken cancellationToken
    )
        where TRecord : class, ISigned<TRecord>
    {
        int moved = 0;
        foreach (TRecord record in records)
        {
            if (!record.Secrets.Any(secret => protector.IsOutdated(secret.Protected)))
                continue;
            TRecord changed = record.With(
                [
                    .. record.Secrets.Select(secret =>
                        secret with
                        {
                            Protected = Rewrap(record.Place, secret.Protected),
                        }
                    ),
                ],
                changedAt: null
            );
            if (await store.ReplaceAsync(changed, Describe(changed, area), cancellationToken))
                moved++;
        }
        return moved;
    }

    private string Rewrap(string place, string stored)
    {
        try
        {
            return protector.Protect(place, protector.Unprotect(place, stored));
        }
        catch (SecretException unreadable)
        {
            throw new JobException(unreadable.Message, unreadable);
        }
    }

    private Change Describe(IRecord record, string area) =>
        new(time.GetUtcNow(), record.Tenant, Gateway, $"{area}.rewrap", $"{area}/{record.Key}", "{}", "");
}
