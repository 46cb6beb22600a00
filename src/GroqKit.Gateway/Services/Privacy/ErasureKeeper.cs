using GroqKit.Gateway.Services.Snapshots;
using GroqKit.Gateway.Services.Storage;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Services.Voice;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Privacy;

/// <summary>
/// Takes people who were erased, on whichever node, out of what this node holds of them outside the database: its journal, its memory of answers and of
/// conversations. At once where nodes are told, within <see cref="ChangeFollower.Interval"/> where they aren't.
/// </summary>
internal sealed partial class ErasureKeeper(
    IEndUserStore store,
    IPendingUsage pending,
    HybridCache cache,
    VoicePeople voices,
    TimeProvider time,
    ILogger<ErasureKeeper> logger,
    IChangeSignal? signal = null
) : ChangeFollower(time, signal)
{
    private readonly SemaphoreSlim _forgetting = new(1, 1);
    private readonly Dictionary<string, DateTimeOffset> _done = new(StringComparer.Ordinal);
    private DateTimeOffset _last = time.GetUtcNow();

    /// <summary>How answers to a person are marked in the cache.</summary>
    public static string TagOf(string person) => "person:" + person;

    /// <summary>Somebody was erased on this node: it forgets here when this returns, and the others are told.</summary>
    /// <exception cref="StorageException">The store can't be reached.</exception>
    public async Task ErasedAsync(CancellationToken cancellationToken)
    {
        await AnnounceAsync(cancellationToken);
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
            DateTimeOffset now = Time.GetUtcNow();
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
                voices.Forget(one.Person);
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

    protected override Task FollowAsync(CancellationToken cancellationToken) => ForgetAsync(cancellationToken);

    // What is in the journal is shipped without the name, whenever that will be.
    protected override void OnFailing(Exception failure) => NotForgotten(failure.Message);

    [LoggerMessage(
        142,
        LogLevel.Error,
        "Whoever was erased on another node can't be forgotten here yet; it is tried again: {Reason}"
    )]
    private partial void NotForgotten(string reason);
}
