using System.Globalization;
using System.Text;
using GroqKit.Gateway.Services.Sharing;
using Microsoft.Extensions.Caching.Hybrid;

namespace GroqKit.Gateway.Services.Cache;

/// <summary>
/// A cache in this process over one that all nodes share, where there is one. Of many who miss the same key one fetches, on one node. A
/// failed fetch isn't kept. A shared store that is away or frozen costs a call 50 ms once and then nothing: the cache fails open.
/// Thread-safe.
/// </summary>
internal sealed class TwoLevelCache : HybridCache, IDisposable
{
    private const string Channel = "cache";
    private const int LongestKey = 2048;

    private readonly CacheOptions _options;
    private readonly CacheSerializers _serializers;
    private readonly TimeProvider _time;
    private readonly Random _random;
    private readonly ISharedMemory? _store;
    private readonly SharedLevel? _shared;
    private readonly CacheTags _tags;
    private readonly IDisposable? _listening;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string, Type), object> _flights = [];
    private readonly string _node = Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture);

    /// <param name="options">How much, how long.</param>
    /// <param name="serializers">Values as bytes.</param>
    /// <param name="time">The clock.</param>
    /// <param name="random">Spreads lifetimes; used under a lock.</param>
    /// <param name="shared">What nodes share; null for one node by itself.</param>
    public TwoLevelCache(
        CacheOptions options,
        CacheSerializers serializers,
        TimeProvider time,
        Random random,
        ISharedMemory? shared = null
    )
    {
        _options = options;
        _serializers = serializers;
        _time = time;
        _random = random;
        _store = shared;
        Memory = new MemoryLevel(options.MemoryBytes, Counts);
        _tags = new CacheTags(shared);
        if (shared is null || !options.Enabled)
            return;
        _shared = new SharedLevel(shared, time);
        _listening = shared.Subscribe(Channel, Hear, Mistrust);
    }

    public CacheCounts Counts { get; } = new();

    /// <summary>What this process holds.</summary>
    public MemoryLevel Memory { get; }

    public override async ValueTask<T> GetOrCreateAsync<TState, T>(
        string key,
        TState state,
        Func<TState, CancellationToken, ValueTask<T>> factory,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckKey(key);
        ArgumentNullException.ThrowIfNull(factory);
        HybridCacheEntryFlags flags = options?.Flags ?? HybridCacheEntryFlags.None;
        if (!_options.Enabled)
            return Has(flags, HybridCacheEntryFlags.DisableUnderlyingData)
                ? default!
                : await factory(state, cancellationToken);
        if (
            !Has(flags, HybridCacheEntryFlags.DisableLocalCacheRead)
            && Memory.Find(key, Now()) is { } entry
            && await _tags.AreCurrentAsync(entry.Tags, cancellationToken)
        )
        {
            Counts.FoundInMemory();
            return _serializers.Read<T>(entry.Value);
        }
        string[] names = tags is null ? [] : [.. tags.Distinct(StringComparer.Ordinal)];
        return await FlyAsync(
            key,
            end => FetchAsync(key, fetch => factory(state, fetch), options, flags, names, end),
            cancellationToken
        );
    }

    public override async ValueTask SetAsync<T>(
        string key,
        T value,
        HybridCacheEntryOptions? options = null,
        IEnumerable<string>? tags = null,
        CancellationToken cancellationToken = default
    )
    {
        CheckKey(key);
        if (!_options.Enabled || value is null)
            return;
        CacheTag[] now = await _tags.NowAsync(tags is null ? [] : [.. tags], cancellationToken);
        await KeepAsync(key, value, options, options?.Flags ?? HybridCacheEntryFlags.None, now, cancellationToken);
        await TellAsync($"k:{_node}:{key}", cancellationToken);
    }

    public override async ValueTask RemoveAsync(string key, CancellationToken cancellationToken = default)
    {
        CheckKey(key);
        Memory.Remove(key);
        if (_shared is null)
            return;
        await _shared.RemoveAsync(key, cancellationToken);
        await TellAsync($"k:{_node}:{key}", cancellationToken);
    }

    public override async ValueTask RemoveByTagAsync(string tag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        long generation = await _tags.InvalidateAsync(tag, cancellationToken);
        await TellAsync(string.Create(CultureInfo.InvariantCulture, $"t:{generation}:{tag}"), cancellationToken);
    }

    public void Dispose() => _listening?.Dispose();

    private async ValueTask<T> FetchAsync<T>(
        string key,
        Func<CancellationToken, ValueTask<T>> fetch,
        HybridCacheEntryOptions? options,
        HybridCacheEntryFlags flags,
        string[] names,
        CancellationToken end
    )
    {
        // Before the fetch: what is invalidated while it runs makes its result invalid too.
        CacheTag[] tags = await _tags.NowAsync(names, end);
        bool reads = _shared is not null && !Has(flags, HybridCacheEntryFlags.DisableDistributedCacheRead);
        if (reads && await FindSharedAsync(key, options, flags, end) is { } found)
            return _serializers.Read<T>(found.Value);
        Counts.Missed();
        if (Has(flags, HybridCacheEntryFlags.DisableUnderlyingData))
            return default!;
        bool sharesTurns = reads && !Has(flags, HybridCacheEntryFlags.DisableDistributedCacheWrite);
        if (sharesTurns && await _shared!.TakeTurnAsync(key, end) is { } fetched)
        {
            if (fetched.ExpiresAt > Now() && await _tags.AreCurrentAsync(fetched.Tags, end))
            {
                KeepHere(key, fetched, options, flags);
                return _serializers.Read<T>(fetched.Value);
            }
        }
        try
        {
            T value = await fetch(end);
            if (value is not null)
                await KeepAsync(key, value, options, flags, tags, end);
            return value;
        }
        finally
        {
            if (sharesTurns)
                await _shared!.EndTurnAsync(key);
        }
    }

    private async ValueTask<CacheEntry?> FindSharedAsync(
        string key,
        HybridCacheEntryOptions? options,
        HybridCacheEntryFlags flags,
        CancellationToken end
    )
    {
        if (
            await _shared!.FindAsync(key, end) is not { } entry
            || entry.ExpiresAt <= Now()
            || !await _tags.AreCurrentAsync(entry.Tags, end)
        )
            return null;
        Counts.FoundShared();
        KeepHere(key, entry, options, flags);
        return entry;
    }

    private async ValueTask KeepAsync<T>(
        string key,
        T value,
        HybridCacheEntryOptions? options,
        HybridCacheEntryFlags flags,
        CacheTag[] tags,
        CancellationToken cancellationToken
    )
    {
        byte[] bytes = _serializers.Write(value);
        TimeSpan lifetime = Lifetime(options?.Expiration ?? _options.Lifetime);
        if (bytes.Length > _options.LargestValue || lifetime <= TimeSpan.Zero)
            return;
        var entry = new CacheEntry(bytes, Now() + (long)lifetime.TotalMilliseconds, tags);
        KeepHere(key, entry, options, flags);
        if (_shared is not null && !Has(flags, HybridCacheEntryFlags.DisableDistributedCacheWrite))
            await _shared.KeepAsync(key, entry, lifetime, cancellationToken);
    }

    private void KeepHere(string key, CacheEntry entry, HybridCacheEntryOptions? options, HybridCacheEntryFlags flags)
    {
        if (Has(flags, HybridCacheEntryFlags.DisableLocalCacheWrite))
            return;
        long here = options?.LocalCacheExpiration is { } local
            ? Now() + (long)local.TotalMilliseconds
            : entry.ExpiresAt;
        Memory.Keep(key, here < entry.ExpiresAt ? entry with { ExpiresAt = here } : entry);
    }

    private async ValueTask<T> FlyAsync<T>(
        string key,
        Func<CancellationToken, ValueTask<T>> fetch,
        CancellationToken cancellationToken
    )
    {
        (string, Type) place = (key, typeof(T));
        CacheFlight<T>? flight = null;
        bool first = false;
        lock (_gate)
        {
            if (_flights.TryGetValue(place, out object? running) && ((CacheFlight<T>)running).TryJoin())
                flight = (CacheFlight<T>)running;
            if (flight is null)
            {
                flight = new CacheFlight<T>();
                _flights[place] = flight;
                first = true;
            }
        }
        if (first)
            _ = flight.RunAsync(fetch, () => Land(place, flight));
        return await flight.WaitAsync(() => Land(place, flight), cancellationToken);
    }

    private void Land((string, Type) place, object flight)
    {
        lock (_gate)
        {
            if (_flights.TryGetValue(place, out object? there) && ReferenceEquals(there, flight))
                _flights.Remove(place);
        }
    }

    private async ValueTask TellAsync(string message, CancellationToken cancellationToken)
    {
        if (_shared is not null)
            await _store!.PublishAsync(Channel, Encoding.UTF8.GetBytes(message), cancellationToken);
    }

    private void Hear(ReadOnlyMemory<byte> message)
    {
        if (Encoding.UTF8.GetString(message.Span).Split(':', 3) is not [var kind, var from, var name])
            return;
        if (kind == "k" && from != _node)
            Memory.Remove(name);
        else if (kind == "t" && long.TryParse(from, CultureInfo.InvariantCulture, out long generation))
            _tags.Learn(name, generation);
    }

    private void Mistrust()
    {
        _tags.Forget();
        Memory.Clear();
    }

    private TimeSpan Lifetime(TimeSpan asked)
    {
        TimeSpan longest = asked < CacheOptions.MaxLifetime ? asked : CacheOptions.MaxLifetime;
        lock (_gate)
            return longest * (1 - _options.Jitter * _random.NextDouble());
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static bool Has(HybridCacheEntryFlags flags, HybridCacheEntryFlags flag) => (flags & flag) == flag;

    private static void CheckKey(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(key.Length, LongestKey, nameof(key));
    }
}
