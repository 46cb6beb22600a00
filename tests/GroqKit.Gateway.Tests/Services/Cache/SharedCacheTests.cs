using GroqKit.Gateway.Infrastructure.Guarding;
using GroqKit.Gateway.Infrastructure.Redis;
using GroqKit.Gateway.Services.Cache;
using GroqKit.TestKit.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Services.Cache;

/// <summary>The cache over a real Redis, as two nodes see it.</summary>
[Requirement("GW-08", "GW-20")]
public sealed class SharedCacheTests : IAsyncLifetime
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    // Redis' clock stands, so that a slow machine is not a Redis that is away.
    private readonly ManualTimeProvider _time = new();
    private readonly List<RedisConnection> _connections = [];
    private readonly List<TwoLevelCache> _nodes = [];
    private RedisServer _server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(RedisServer.Installed is null, "Redis is not installed (Debian: redis-server).");
        _server = await RedisServer.StartAsync();
        for (int i = 0; i < 2; i++)
        {
            var connection = new RedisConnection(
                RedisAddress.Parse(_server.Address),
                _time,
                NullLogger<RedisConnection>.Instance
            );
            _connections.Add(connection);
            await connection.StartAsync(Cancelled);
            _nodes.Add(
                new TwoLevelCache(
                    new CacheOptions(),
                    new CacheSerializers(new ServiceCollection().BuildServiceProvider()),
                    TimeProvider.System,
                    new Random(1),
                    new RedisSharedMemory(connection)
                )
            );
            await UntilAsync(() => Task.FromResult(connection.IsReachable));
        }
    }

    [Fact]
    public async Task What_one_node_fetched_the_other_finds()
    {
        (await FetchAsync(_nodes[0], "k", "v")).ShouldBe("v");

        (await FetchAsync(_nodes[1], "k", "?")).ShouldBe("v");
        _nodes[1].Counts.SharedHits.ShouldBe(1);
    }

    [Fact]
    public async Task A_tag_that_one_node_invalidates_is_invalid_on_the_other()
    {
        await FetchAsync(_nodes[0], "k", "old");
        (await FetchAsync(_nodes[1], "k", "?")).ShouldBe("old");

        await _nodes[0].RemoveByTagAsync("t", Cancelled);
        // Told to nobody, where the machine stood still until the driver gave up.
        while (!_connections[0].IsReachable)
        {
            await UntilReachableAsync();
            await _nodes[0].RemoveByTagAsync("t", Cancelled);
        }

        await UntilAsync(async () => await FetchAsync(_nodes[1], "k", "new") == "new");
        (await FetchAsync(_nodes[0], "k", "?")).ShouldBe("new");
    }

    [Fact]
    public async Task Two_nodes_that_miss_at_once_make_one_fetch()
    {
        // Where the machine stands still the driver gives up in the end, and a node without Redis fetches for itself: then they miss once more.
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        for (int round = 0; ; round++)
        {
            timeout.Token.ThrowIfCancellationRequested();
            int fetched = await FetchedByBothAsync($"k{round}");
            if (_connections.TrueForAll(connection => connection.IsReachable))
            {
                fetched.ShouldBe(1);
                return;
            }
            await UntilReachableAsync();
        }
    }

    [Fact]
    public async Task A_frozen_redis_stops_nobody_and_is_used_again_afterwards()
    {
        await _server.FreezeAsync();

        (await _time.PassUntilAsync(FetchAsync(_nodes[0], "k", "v"), RemoteGuard.Cap)).ShouldBe("v");
        _connections[0].IsReachable.ShouldBeFalse();
        (await FetchAsync(_nodes[0], "k", "?")).ShouldBe("v");

        await _server.ThawAsync();
        await UntilReachableAsync();
        (await FetchAsync(_nodes[0], "k2", "shared")).ShouldBe("shared");
        (await FetchAsync(_nodes[1], "k2", "?")).ShouldBe("shared");
    }

    [Fact]
    public async Task A_dead_redis_stops_nobody()
    {
        await _server.StopAsync();

        (await _time.PassUntilAsync(FetchAsync(_nodes[0], "k", "v"), RemoteGuard.Cap)).ShouldBe("v");
        (await FetchAsync(_nodes[0], "k", "?")).ShouldBe("v");
        (await _time.PassUntilAsync(FetchAsync(_nodes[1], "k", "own"), RemoteGuard.Cap)).ShouldBe("own");
        await _server.StartAgainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _nodes.ForEach(node => node.Dispose());
        foreach (RedisConnection connection in _connections)
            await connection.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    // How often a hundred callers on two nodes had fetched what all of them got.
    private async Task<int> FetchedByBothAsync(string key)
    {
        int fetched = 0;
        var held = new TaskCompletionSource<string>();

        Task<string>[] both = [.. Enumerable.Range(0, 100).Select(i => Get(_nodes[i % 2]).AsTask())];
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref fetched) > 0));
        held.SetResult("v");

        (await Task.WhenAll(both).WaitAsync(SafetyTimeout, Cancelled)).ShouldAllBe(value => value == "v");
        return fetched;

        ValueTask<string> Get(TwoLevelCache node) =>
            node.GetOrCreateAsync(
                key,
                async _ =>
                {
                    Interlocked.Increment(ref fetched);
                    return await held.Task;
                },
                cancellationToken: Cancelled
            );
    }

    private Task UntilReachableAsync() =>
        UntilAsync(() =>
        {
            _time.Advance(2 * RemoteGuard.Cap);
            return Task.FromResult(_connections.TrueForAll(connection => connection.IsReachable));
        });

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(Cancelled);
        timeout.CancelAfter(SafetyTimeout);
        while (!await holds())
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, timeout.Token);
    }

    private static async Task<string> FetchAsync(TwoLevelCache cache, string key, string value) =>
        await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(value), tags: ["t"], cancellationToken: Cancelled);
}
