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
) : BackgroundService, IHostedLifecycleService, IPendingUsage
{
    public const int BatchSize = 2000;

    /// <summary>How long accounts may wait before they are shipped. Under load a batch is what ends in that time.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan MaxPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StoreTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _shipping = new(1, 1);
    private int _failures;

    /// <summary>True while the store takes what it is given.</summary>
    public bool IsShipping => Volatile.Read(ref _failures) == 0;

    /// <summary>Calls have ended by now; what they left is shipped at once.</summary>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(LastRound, time);
        while (await ShipAsync(deadline.Token) > 0) { }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ships all that the journal has.</summary>
    /// <exception cref="Exception">The store failed, with whatever it says.</exception>
    public async Task ShippedAsync(CancellationToken cancellationToken)
    {
        while (await ShipOrThrowAsync(cancellationToken) > 0) { }
    }

    /// <summary>Ships all that the journal has, and leaves none of it there.</summary>
    /// <exception cref="Exception">The store failed, with whatever it says.</exception>
    public Task ForgottenAsync(CancellationToken cancellationToken)
    {
        journal.Turn();
        return ShippedAsync(cancellationToken);
    }

    /// <summary>Ships one batch.</summary>
    /// <returns>How many accounts it had; 0 when there were none or the store failed.</returns>
    public async Task<int> ShipAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await ShipOrThrowAsync(cancellationToken);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            return 0;
        }
        catch (Exception failure)
        {
            if (Interlocked.Increment(ref _failures) == 1)
                StoreFailed(failure);
            return 0;
        }
    }

    public override void Dispose()
    {
        _shipping.Dispose();
        base.Dispose();
    }

    private async Task<int> ShipOrThrowAsync(CancellationToken cancellationToken)
    {
        await _shipping.WaitAsync(cancellationToken);
        try
        {
            if (journal.Read(BatchSize) is not { } batch)
                return 0;
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            deadline.CancelAfter(StoreTimeout);
            await store.SaveAsync(batch.Records, deadline.Token);
            journal.Commit(batch);
            if (Interlocked.Exchange(ref _failures, 0) > 0)
                StoreIsBack(journal.PendingBytes);
            return batch.Records.Count;
        }
        catch
        {
            journal.Return();
            throw;
        }
        finally
        {
            _shipping.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Shipping what little there is at once, again and again, would cost a transaction for a handful of accounts.
            if (await ShipAsync(stoppingToken) < BatchSize)
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
