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
    // A run ends in time; the next goes on behind it, so that batches nobody answers for don't keep others waiting.
    private const int MostInOneRun = 500;

    // Providers give themselves no longer than that.
    private static readonly TimeSpan LongestWork = TimeSpan.FromDays(7);

    // What a batch made is deleted by then.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(31);

    private OwnedObject? _last;

    public string Name => "batches";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OwnedObject> open = await owners.OpenBatchesAsync(_last, MostInOneRun, cancellationToken);
        _last = open.Count == MostInOneRun ? open[^1] : null;
        var over = new List<(OwnedObject Batch, BatchState State)>();
        string? problem = null;
        foreach (OwnedObject batch in open)
        {
            if (await StateOfAsync(batch, cancellationToken) is not { IsOver: true } state)
                continue;
            if (await AccountAsync(batch, state, cancellationToken) is { } failure)
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
                    await outbox.PublishAsync(transaction, EventOf(batch, state), cancelled);
                }
            }
        );
    }

    private async Task<BatchState?> StateOfAsync(OwnedObject batch, CancellationToken cancellationToken)
    {
        TimeSpan age = time.GetUtcNow() - batch.CreatedAt;
        if (ProviderOf(batch) is not { } provider)
            return age > LongestWork
                ? BatchState.GivenUp($"Its provider '{batch.Provider}' is not configured any more.")
                : null;
        // Whoever is switched off is not asked.
        BatchState? state = provider.Share > 0 ? await reader.ReadAsync(provider, batch.Id, cancellationToken) : null;
        return state is { IsOver: true } || age <= LongestKept
            ? state
            : BatchState.GivenUp(
                $"Its provider '{batch.Provider}' has not said for {LongestKept.Days} days that it is over."
            );
    }

    // Before the batch counts as over: an account that is kept twice under one id is kept once.
    private async Task<string?> AccountAsync(OwnedObject batch, BatchState state, CancellationToken cancellationToken)
    {
        if (state.OutputFile is not { } output || ProviderOf(batch) is not { } provider)
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
            return time.GetUtcNow() - batch.CreatedAt > LongestKept ? null : failure.Message;
        }
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
                    state.Failed,
                    state.Reason
                ),
                SyncJson.Default.BatchEvent
            )
        );
}
