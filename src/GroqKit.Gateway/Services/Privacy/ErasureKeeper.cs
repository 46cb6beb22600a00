using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Takes people who were erased, on whichever node, out of what this node holds of them outside the database: its journal, its memory of answers and of
/// conversations. At once where nodes are told, within <see cref="Interval"/> where they aren't.
/// </summary>
internal sealed partial class ErasureKeeper(
    IEndUserStore store,
    IPendingUsage pending,
    HybridCache cache,
    VoiceConversations conversations,
    TimeProvider time,
    ILogger<ErasureKeeper> logger,
    IChangeSignal? signal = null
) : BackgroundService
{
    /// <summary>How often a node asks whether anybody was erased.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _forgetting = new(1, 1);
    private readonly Dictionary<string, DateTimeOffset> _done = new(StringComparer.Ordinal);
    private TaskCompletionSource _told = NotTold();
    private DateTimeOffset _last = time.GetUtcNow();

    /// <summary>How answers to a person are marked in the cache.</summary>
    public static string TagOf(string person) => "person:" + person;

    /// <summary>Somebody was erased on this node: it forgets here when this returns, and the others are told.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task ErasedAsync(CancellationToken cancellationToken)
    {
        if (signal is not null)
            await signal.AnnounceAsync(cancellationToken);
        await ForgetAsync(cancellationToken);
    }

    /// <summary>Forgets whoever was erased since it last did.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task ForgetAsync(CancellationToken cancellationToken)
    {
        await _forgetting.WaitAsync(cancellationToken);
        try
        {
            // Clocks differ, so that what another node notes now may be some time ago here.
            DateTimeOffset now = time.GetUtcNow();
            DateTimeOffset since = _last - 2 * Erasure.Slack;
            IReadOnlyList<Erasure> erased = await store.ErasedSinceAsync(since, cancellationToken);
            Erasure[] news = [.. erased.Where(one => _done.GetValueOrDefault(one.Person) != one.At)];
            if (news.Length == 0)
            {
                _last = now;
                return;
            }
            foreach (Erasure one in news)
            {
                await cache.RemoveByTagAsync(TagOf(one.Person), cancellationToken);
                conversations.Forget(one.Person);
            }
            await pending.ForgottenAsync(cancellationToken);
            foreach (string old in _done.Where(one => one.Value < since).Select(one => one.Key).ToArray())
                _done.Remove(old);
            foreach (Erasure one in news)
                _done[one.Person] = one.At;
            _last = now;
        }
        finally
        {
            _forgetting.Release();
        }
    }

    public override void Dispose()
    {
        _forgetting.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        bool failing = false;
        using IDisposable? listening = signal?.Listen(() => Volatile.Read(ref _told).TrySetResult());
        while (await NextAsync(stoppingToken))
        {
            try
            {
                await ForgetAsync(stoppingToken);
                failing = false;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                // What is in the journal is shipped without the name, whenever that will be.
                if (!failing)
                    NotForgotten(failure.Message);
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

    [LoggerMessage(
        142,
        LogLevel.Error,
        "Whoever was erased on another node can't be forgotten here yet; it is tried again: {Reason}"
    )]
    private partial void NotForgotten(string reason);
}
