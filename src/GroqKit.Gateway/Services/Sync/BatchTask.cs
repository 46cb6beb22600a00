using System.Text.Json;
using GroqKit.Gateway.Services.Batches;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>Follows batches until they are over, puts to account what they used, and tells that they are.</summary>
internal sealed class BatchTask(
    IObjectOwners owners,
    CurrentSnapshot current,
    IBatchReader reader,
    BatchAccounts accounts,
    IUsageStore usage,
    IEventOutbox outbox,
    TimeProvider time
) : ISyncTask
{
    // A run ends in time; those that were looked at longest ago come first in the next.
    private const int MostInOneRun = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public string Name => "batches";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OwnedObject> open = await owners.OpenBatchesAsync(MostInOneRun, cancellationToken);
        var over = new List<(OwnedObject Batch, BatchState State)>();
        string? problem = null;
        foreach (OwnedObject batch in open)
        {
            if (
                ProviderOf(batch) is not { } provider
                || await reader.ReadAsync(provider, batch.Id, cancellationToken) is not { IsOver: true } state
            )
                continue;
            if (await AccountAsync(batch, provider, state, cancellationToken) is { } failure)
                problem ??= $" What {batch.Id} used can't be told: {failure}";
            else
                over.Add((batch, state));
        }
        return new SyncResult(
            $"{open.Count} batches, {over.Count} over.{problem}",
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

    // Before the batch counts as over: an account that is kept twice under one id is kept once.
    private async Task<string?> AccountAsync(
        OwnedObject batch,
        Provider provider,
        BatchState state,
        CancellationToken cancellationToken
    )
    {
        if (state.OutputFile is not { } output)
            return null;
        try
        {
            IReadOnlyList<UsageRecord> records = await accounts.ReadAsync(batch, provider, output, cancellationToken);
            if (records.Count > 0)
                await usage.SaveAsync(records, cancellationToken);
            return null;
        }
        catch (Exception failure)
            when (failure is HttpRequestException or InvalidDataException or IOException
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            // Its files are gone by then.
            return time.GetUtcNow() - batch.CreatedAt > Longest ? null : failure.Message;
        }
    }

    // Whoever is switched off is not asked.
    private Provider? ProviderOf(OwnedObject batch)
    {
        TenantView view = current.Value[batch.Tenant];
        if (view.Providers.TryGetValue(batch.Provider, out Provider? provider))
            return provider.Share > 0 ? provider : null;
        return view.Default.Name == batch.Provider && view.Default.Share > 0 ? view.Default : null;
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
