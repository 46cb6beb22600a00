using GroqKit.Gateway.Services.Storage;

namespace GroqKit.Gateway.Services.Snapshots;

/// <summary>
/// Looks at what other nodes have changed: at once where nodes are told, within <see cref="Interval"/> where they aren't. A look that fails is
/// repeated at the next turn.
/// </summary>
internal abstract class ChangeFollower(TimeProvider time, IChangeSignal? signal) : BackgroundService
{
    /// <summary>How often a node asks whether anything has changed.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    private TaskCompletionSource _told = NotTold();

    /// <summary>Tells the other nodes of a change that this one has stored.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    protected ValueTask AnnounceAsync(CancellationToken cancellationToken) =>
        signal is null ? default : signal.AnnounceAsync(cancellationToken);

    /// <summary>Takes over what has changed.</summary>
    protected abstract Task FollowAsync(CancellationToken cancellationToken);

    /// <summary>The first of several looks has failed, with whatever it says.</summary>
    protected abstract void OnFailing(Exception failure);

    /// <summary>A look went well after one that failed.</summary>
    protected virtual void OnRecovered() { }

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool failing = false;
        using IDisposable? listening = signal?.Listen(() => Volatile.Read(ref _told).TrySetResult());
        while (await NextAsync(stoppingToken))
        {
            try
            {
                await FollowAsync(stoppingToken);
                if (failing)
                    OnRecovered();
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // Whatever it is, the node goes on with what it had.
                if (!failing)
                    OnFailing(failure);
                failing = true;
            }
        }
    }

    private async Task<bool> NextAsync(CancellationToken stoppingToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await Task.WhenAny(_told.Task, Task.Delay(Interval, time, waiting.Token));
        await waiting.CancelAsync();
        Volatile.Write(ref _told, NotTold());
        return !stoppingToken.IsCancellationRequested;
    }

    private static TaskCompletionSource NotTold() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
