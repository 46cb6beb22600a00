using GroqKit.Gateway.Services.Batches;
using GroqKit.Gateway.Services.Jobs;
using GroqKit.Gateway.Services.Objects;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Sync;

/// <summary>
/// Puts to account what batches used, once for each, when their provider is through with them. A batch that its provider doesn't tell of for a
/// month is given up; its files are gone by then.
/// </summary>
internal sealed class BatchTask(
    IObjectOwners objects,
    BatchAccounts accounts,
    IUsageStore usage,
    CurrentSnapshot current,
    TimeProvider time
) : ISyncTask
{
    private const int MaxAtOnce = 200;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    public string Name => "batches";

    public TimeSpan Interval => TimeSpan.FromSeconds(60);

    public async Task<SyncResult> RunAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<OwnedObject> open = await objects.UnsettledAsync(ObjectKinds.Batch, MaxAtOnce, cancellationToken);
        var settled = new List<OwnedObject>();
        var records = new List<UsageRecord>();
        string? failure = null;
        foreach (OwnedObject batch in open)
        {
            try
            {
                if (await ReadAsync(batch, cancellationToken) is not { } found)
                    continue;
                records.AddRange(found);
                settled.Add(batch);
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
        if (settled.Count == 0 && failure is not null)
            throw new JobException($"What a batch used can't be told: {failure}");
        return new SyncResult(
            $"{open.Count} batches, {settled.Count} put to account.{(failure is null ? "" : $" Not told: {failure}")}",
            objects.Settle(settled, time.GetUtcNow())
        );
    }

    private async Task<IReadOnlyList<UsageRecord>?> ReadAsync(OwnedObject batch, CancellationToken cancellationToken)
    {
        TenantView view = current.Value[batch.Tenant];
        Provider? provider =
            view.Providers.GetValueOrDefault(batch.Provider)
            ?? (view.Default.Name == batch.Provider ? view.Default : null);
        IReadOnlyList<UsageRecord>? found = provider is { Share: > 0 }
            ? await accounts.ReadAsync(batch, provider, cancellationToken)
            : null;
        return found is null && time.GetUtcNow() - batch.CreatedAt > Longest ? [] : found;
    }
}
