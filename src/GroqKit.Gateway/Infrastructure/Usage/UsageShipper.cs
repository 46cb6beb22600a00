using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Infrastructure.Usage;

/// <summary>
/// Carries accounts from the journal to the store, in order and in batches. A batch that fails is sent again until it is stored, which
/// the store may see twice; a dead store costs callers nothing but room in the journal.
/// </summary>
internal sealed partial class UsageShipper(
    UsageJournal journal,
    IUsageStore store,
    TimeProvider time,
    ILogger<UsageShipper> logger
) : BackgroundService, IHostedLifecycleService
{
    public const int BatchSize = 500;

    /// <summary>How long accounts may wait before they are shipped.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(3);

    private int _failures;

    /// <summary>True while the store takes what it is given.</summary>
    public bool IsShipping => Volatile.Read(ref _failures) == 0;

    /// <summary>Calls have ended by now; what they left is shipped at once.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LastRound, time);
        while (await ShipAsync(deadline.Token)) { }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ships one batch.</summary>
    /// <returns>False when there was none or the store failed.</returns>
    public async Task<bool> ShipAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (journal.Read(BatchSize) is not { } batch)
                return false;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(StoreTimeout);
            await store.SaveAsync(batch.Records, deadline.Token);
            journal.Commit(batch);
            if (Interlocked.Exchange(ref _failures, 0) > 0)
                StoreIsBack(journal.PendingBytes);
            return true;
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            journal.Return();
            return false;
        }
        catch (Exception failure)
        {
            journal.Return();
            if (Interlocked.Increment(ref _failures) == 1)
                StoreFailed(failure);
            return false;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (!await ShipAsync(stoppingToken))
                await Task.Delay(Pause(), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private TimeSpan Pause()
    {
        TimeSpan pause = Interval * (1 << Math.Min(Volatile.Read(ref _failures), 5));
        return pause < MaxPause ? pause : MaxPause;
    }

    [LoggerMessage(24, LogLevel.Error, "Accounts can't be stored now; the journal keeps them until they can")]
    private partial void StoreFailed(Exception failure);

    [LoggerMessage(25, LogLevel.Warning, "Accounts are stored again; {Bytes} bytes are on their way")]
    private partial void StoreIsBack(long bytes);
}
