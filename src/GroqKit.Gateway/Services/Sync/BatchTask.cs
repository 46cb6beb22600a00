using System.Data.Common;
using System.Text.Json;
using GroqKit.Gateway.Services.Batches;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>
/// Follows batches until their provider is through with them, puts to account what they used, once for each, and tells that they are over. A batch
/// that its provider doesn't tell of for a month is given up; its files are gone by then.
/// </summary>
internal sealed class BatchTask(
    IObjectOwners objects,
    IBatchReader reader,
    BatchAccounts accounts,
    IUsageStore usage,
    IEventOutbox outbox,
    CurrentSnapshot current,
    TimeProvider time
) : ISyncTask
{
    private const int MostInOneRun = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public string Name => "batches";

    public TimeSpan Interval => TimeSpan.FromMinutes(1);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OwnedObject> open = await objects.UnsettledAsync(
            ObjectKinds.Batch,
            MostInOneRun,
            cancellationToken
        );
        var over = new List<(OwnedObject Batch, BatchState State)>();
        var records = new List<UsageRecord>();
        string? failure = null;
        foreach (OwnedObject batch in open)
        {
            try
            {
                if (await StateAsync(batch, cancellationToken) is not (var state, var provider))
                    continue;
                if (provider is not null && state.OutputFile is { } output)
                    records.AddRange(await accounts.ReadAsync(batch, provider, output, cancellationToken));
                over.Add((batch, state));
            }
            catch (Exception problem)
                when (problem is HttpRequestException or InvalidDataException or IOException
                    || (problem is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                failure ??= $"{batch.Id} at {batch.Provider}: {problem.Message}";
            }
        }
        // Before they count as settled: an account that is kept twice under one id is kept once.
        if (records.Count > 0)
            await usage.SaveAsync(records, cancellationToken);
        if (over.Count == 0 && failure is not null)
            throw new JobException($"What a batch used can't be told: {failure}");
        return new SyncResult(
            $"{open.Count} batches, {over.Count} put to account.{(failure is null ? "" : $" Not told: {failure}")}",
            (transaction, cancelled) => EndAsync(transaction, over, cancelled)
        );
    }

    /// <returns>Null while it runs. Without a provider where there is nobody to ask about its files any more.</returns>
    private async Task<(BatchState State, Provider? Provider)?> StateAsync(
        OwnedObject batch,
        CancellationToken cancellationToken
    )
    {
        TenantView view = current.Value[batch.Tenant];
        Provider? provider =
            view.Providers.GetValueOrDefault(batch.Provider)
            ?? (view.Default.Name == batch.Provider ? view.Default : null);
        BatchState? state = provider is { Share: > 0 }
            ? await reader.ReadAsync(provider, batch.Id, cancellationToken)
            : null;
        if (state is { IsOver: true })
            return (state, provider);
        return time.GetUtcNow() - batch.CreatedAt > Longest ? (BatchState.Forgotten, null) : null;
    }

    private async Task EndAsync(
        DbTransaction transaction,
        IReadOnlyList<(OwnedObject Batch, BatchState State)> over,
        CancellationToken cancellationToken
    )
    {
        foreach ((OwnedObject batch, BatchState state) in over)
        {
            await objects.SettleAsync(transaction, batch, time.GetUtcNow(), cancellationToken);
            if (state.Status != BatchState.Gone)
                await outbox.PublishAsync(transaction, EventOf(batch, state), cancellationToken);
        }
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
