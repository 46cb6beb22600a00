using System.Text.Json;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Follows batches until they are over, and tells that they are.</summary>
internal sealed class BatchTask(
    IObjectOwners owners,
    CurrentSnapshot current,
    IBatchReader reader,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    // A run ends in time; those that were looked at longest ago come first in the next.
    private const int MostInOneRun = 500;

    public string Name => "batches";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OwnedObject> open = await owners.OpenBatchesAsync(MostInOneRun, cancellationToken);
        var over = new List<(OwnedObject Batch, BatchState State)>();
        foreach (OwnedObject batch in open)
        {
            if (
                ProviderOf(batch) is { } provider
                && await reader.ReadAsync(provider, batch.Id, cancellationToken) is { IsOver: true } state
            )
                over.Add((batch, state));
        }
        return new SyncResult(
            $"{open.Count} batches, {over.Count} over.",
            async (transaction, cancelled) =>
            {
                foreach ((OwnedObject batch, BatchState state) in over)
                {
                    await owners.EndAsync(transaction, batch, time.GetUtcNow(), cancelled);
                    if (state.Status != BatchState.Gone)
                        await outbox.PublishAsync(transaction, EventOf(batch, state), cancelled);
                }
            }
        );
    }

    private Provider? ProviderOf(OwnedObject batch)
    {
        TenantView view = current.Value[batch.Tenant];
        if (view.Providers.TryGetValue(batch.Provider, out Provider? provider))
            return provider;
        return view.Default.Name == batch.Provider ? view.Default : null;
    }

    private static WebhookEvent EventOf(OwnedObject batch, BatchState state) =>
        new(
            batch.Tenant,
            EventTypes.BatchFinished,
            $"{batch.Provider}/{batch.Id}",
            JsonSerializer.Serialize(
                new BatchEvent(
                    batch.Id,
                    batch.Provider,
                    state.Status,
                    state.OutputFile,
                    state.ErrorFile,
                    state.Total,
                    state.Completed,
                    state.Failed
                ),
                SyncJson.Default.BatchEvent
            )
        );
}
