using GroqKit.Gateway.Services.Cache;
using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Services.Cache;

[Requirement("GW-08")]
public sealed class TwoLevelCacheTests : IDisposable
{
    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _time = new();
    private readonly FakeSharedMemory _store = new();
    private readonly List<TwoLevelCache> _made = [];
    private int _fetched;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_thousand_who_miss_the_same_make_one_fetch()
    {
        TwoLevelCache cache = Alone();
        var held = new TaskCompletionSource<string>();

        Task<string>[] all =
        [
            .. Enumerable
                .Range(0, 1000)
                .Select(_ =>
                    cache
                        .GetOrCreateAsync(
                            "k",
                            async _ =>
                            {
                                Interlocked.Increment(ref _fetched);
                                return await held.Task;
                            },
                            cancellationToken: Cancelled
                        )
                        .AsTask()
                ),
        ];
        held.SetResult("v");

        (await Task.WhenAll(all)).ShouldAllBe(value => value == "v");
        _fetched.ShouldBe(1);
    }

    [Fact]
    public async Task Who_leaves_does_not_end_the_fetch_for_the_others_and_the_last_one_does()
    {
        TwoLevelCache cache = Alone();
        var held = new TaskCompletionSource<string>();
        var ended = new TaskCompletionSource();
        using var first = new CancellationTokenSource();
        using var second = new CancellationTokenSource();
        Task<string> one = Get(first.Token);
        Task<string> two = Get(second.Token);

        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(one);
        ended.Task.IsCompleted.ShouldBeFalse();
        two.IsCompleted.ShouldBeFalse();

        await second.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(two);
        await ended.Task.WaitAsync(SafetyTimeout, Cancelled);
        (await FetchAsync(cache, "k", "new")).ShouldBe("new");

        Task<string> Get(CancellationToken leaves) =>
            cache
                .GetOrCreateAsync(
                    "k",
                    async end =>
                    {
                        try
                        {
                            return await held.Task.WaitAsync(end);
                        }
                        catch (OperationCanceledException)
                        {
                            ended.TrySetResult();
                            throw;
                        }
                    },
                    cancellationToken: leaves
                )
                .AsTask();
    }

    [Fact]
    public async Task A_failed_fetch_is_told_to_all_and_not_kept()
    {
        TwoLevelCache cache = Alone();

        await Should.ThrowAsync<InvalidOperationException>(async () =>
            await cache.GetOrCreateAsync<string>(
                "k",
                _ => throw new InvalidOperationException("no"),
                cancellationToken: Cancelled
            )
        );

        (await FetchAsync(cache, "k", "v")).ShouldBe("v");
    }

    [Fact]
    public async Task What_is_kept_ends_with_its_time_which_is_never_longer_than_asked_for()
    {
        TwoLevelCache cache = Alone();
        var minute = new HybridCacheEntryOptions { Expiration = TimeSpan.FromMinutes(1) };
        await FetchAsync(cache, "k", "old", minute);

        _time.Advance(TimeSpan.FromSeconds(53));
        (await FetchAsync(cache, "k", "new", minute)).ShouldBe("old");
        _time.Advance(TimeSpan.FromSeconds(7));
        (await FetchAsync(cache, "k", "new", minute)).ShouldBe("new");
    }

    [Fact]
    public async Task Memory_is_bounded_and_what_was_not_used_for_longest_goes()
    {
        TwoLevelCache cache = Alone(new CacheOptions { MemoryBytes = 10_000 });
        for (int i = 0; i < 20; i++)
        {
            await cache.SetAsync($"k{i}", new byte[1000], cancellationToken: Cancelled);
            await cache.GetOrCreateAsync("k0", _ => ValueTask.FromResult<byte[]>([]), cancellationToken: Cancelled);
        }

        cache.Memory.Bytes.ShouldBeLessThanOrEqualTo(10_000);
        cache.Memory.Find("k0", 0).ShouldNotBeNull();
        cache.Memory.Find("k1", 0).ShouldBeNull();
        cache.Memory.Find("k19", 0).ShouldNotBeNull();
        cache.Counts.Evicted.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_is_too_large_is_returned_and_not_kept()
    {
        TwoLevelCache cache = Alone(new CacheOptions { LargestValue = 10 });

        (await FetchAsync(cache, "k", "longer than ten")).ShouldBe("longer than ten");
        (await FetchAsync(cache, "k", "short")).ShouldBe("short");
    }

    [Fact]
    public async Task What_a_caller_does_to_its_value_others_do_not_see()
    {
        TwoLevelCache cache = Alone();
        await cache.SetAsync("k", new byte[] { 1 }, cancellationToken: Cancelled);

        byte[] mine = await Bytes();
        mine[0] = 2;

        (await Bytes())[0].ShouldBe((byte)1);

        ValueTask<byte[]> Bytes() =>
            cache.GetOrCreateAsync<byte[]>("k", _ => ValueTask.FromResult<byte[]>([]), cancellationToken: Cancelled);
    }

    [Fact]
    public async Task A_tag_makes_all_that_has_it_invalid_on_every_node_and_nothing_else()
    {
        TwoLevelCache one = Node();
        TwoLevelCache two = Node();
        await FetchAsync(one, "a", "a1", tags: ["models", "groq"]);
        await FetchAsync(one, "b", "b1", tags: ["other"]);
        (await FetchAsync(two, "a", "?", tags: ["models", "groq"])).ShouldBe("a1");
        (await FetchAsync(two, "b", "?", tags: ["other"])).ShouldBe("b1");

        await two.RemoveByTagAsync("models", Cancelled);

        (await FetchAsync(one, "a", "a2", tags: ["models", "groq"])).ShouldBe("a2");
        (await FetchAsync(two, "a", "?", tags: ["models", "groq"])).ShouldBe("a2");
        (await FetchAsync(one, "b", "?", tags: ["other"])).ShouldBe("b1");
    }

    [Fact]
    public async Task What_is_invalidated_while_it_is_fetched_is_not_used_afterwards()
    {
        TwoLevelCache cache = Node();
        await cache.GetOrCreateAsync(
            "k",
            async _ =>
            {
                await cache.RemoveByTagAsync("t", Cancelled);
                return "before";
            },
            tags: ["t"],
            cancellationToken: Cancelled
        );

        (await FetchAsync(cache, "k", "after", tags: ["t"])).ShouldBe("after");
    }

    [Fact]
    public async Task A_node_that_missed_messages_trusts_nothing_it_holds()
    {
        TwoLevelCache one = Node();
        TwoLevelCache two = Node();
        await FetchAsync(one, "k", "old");
        (await FetchAsync(two, "k", "?")).ShouldBe("old");
        _store.Overwrite("cache:value:k", CacheEnvelope.Write(new CacheEntry("new"u8.ToArray(), long.MaxValue, [])));
        (await FetchAsync(two, "k", "?")).ShouldBe("old");

        _store.LoseMessages();

        (await FetchAsync(two, "k", "?")).ShouldBe("new");
    }

    [Fact]
    public async Task What_is_set_or_removed_on_one_node_is_gone_from_the_others()
    {
        TwoLevelCache one = Node();
        TwoLevelCache two = Node();
        await one.SetAsync("k", "first", cancellationToken: Cancelled);
        (await FetchAsync(two, "k", "?")).ShouldBe("first");

        await one.SetAsync("k", "second", cancellationToken: Cancelled);
        (await FetchAsync(two, "k", "?")).ShouldBe("second");
        await one.RemoveAsync("k", Cancelled);

        (await FetchAsync(two, "k", "third")).ShouldBe("third");
    }

    [Fact]
    public async Task Nodes_that_miss_the_same_make_one_fetch_in_all()
    {
        TwoLevelCache[] nodes = [Node(), Node(), Node()];
        var held = new TaskCompletionSource<string>();

        Task<string>[] all =
        [
            .. nodes.SelectMany(node => Enumerable.Repeat(node, 10)).Select(node => Get(node).AsTask()),
        ];
        held.SetResult("v");
        while (!Task.WhenAll(all).IsCompleted)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(20));
        }

        (await Task.WhenAll(all)).ShouldAllBe(value => value == "v");
        _fetched.ShouldBe(1);
        _store.Keys.ShouldNotContain("cache:turn:k");

        ValueTask<string> Get(TwoLevelCache node) =>
            node.GetOrCreateAsync(
                "k",
                async _ =>
                {
                    Interlocked.Increment(ref _fetched);
                    return await held.Task;
                },
                cancellationToken: Cancelled
            );
    }

    [Fact]
    public async Task A_store_that_is_away_leaves_each_node_its_own_memory()
    {
        _store.IsReachable = false;
        TwoLevelCache cache = Node();

        (await FetchAsync(cache, "k", "v", tags: ["t"])).ShouldBe("v");
        (await FetchAsync(cache, "k", "?", tags: ["t"])).ShouldBe("v");
        await cache.RemoveByTagAsync("t", Cancelled);
        (await FetchAsync(cache, "k", "w", tags: ["t"])).ShouldBe("w");
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 9, 1, 2, 3 })]
    [InlineData(new byte[] { 1, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255 })]
    public async Task What_another_program_wrote_is_fetched_anew(byte[] garbage)
    {
        TwoLevelCache cache = Node();
        _store.Overwrite("cache:value:k", garbage);

        (await FetchAsync(cache, "k", "v")).ShouldBe("v");
    }

    [Fact]
    public async Task Switched_off_it_fetches_every_time()
    {
        TwoLevelCache cache = Alone(new CacheOptions { Enabled = false });

        (await FetchAsync(cache, "k", "one")).ShouldBe("one");
        (await FetchAsync(cache, "k", "two")).ShouldBe("two");
    }

    [Fact]
    public async Task Records_are_kept_as_json_and_nothing_is_kept_as_nothing()
    {
        TwoLevelCache cache = Node();
        await cache.SetAsync("k", new Pair("a", 1), cancellationToken: Cancelled);

        (await Node().GetOrCreateAsync<Pair?>("k", _ => default, cancellationToken: Cancelled)).ShouldBe(
            new Pair("a", 1)
        );
        (await cache.GetOrCreateAsync<string?>("none", _ => default, cancellationToken: Cancelled)).ShouldBeNull();
        (await FetchAsync(cache, "none", "some")).ShouldBe("some");
    }

    public void Dispose() => _made.ForEach(cache => cache.Dispose());

    private TwoLevelCache Alone(CacheOptions? options = null) => Make(options, null);

    private TwoLevelCache Node() => Make(null, _store);

    private TwoLevelCache Make(CacheOptions? options, FakeSharedMemory? store)
    {
        var cache = new TwoLevelCache(
            options ?? new CacheOptions(),
            new CacheSerializers(new ServiceCollection().BuildServiceProvider()),
            _time,
            new Random(1),
            store
        );
        _made.Add(cache);
        return cache;
    }

    private static async Task<string> FetchAsync(
        TwoLevelCache cache,
        string key,
        string value,
        HybridCacheEntryOptions? options = null,
        string[]? tags = null
    ) => await cache.GetOrCreateAsync(key, _ => ValueTask.FromResult(value), options, tags, Cancelled);

    private sealed record Pair(string Name, int Count);
}
