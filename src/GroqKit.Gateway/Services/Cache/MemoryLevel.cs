namespace GroqKit.Gateway.Services.Cache;

/// <summary>The part of the cache in this process: bounded in bytes, what wasn't used for longest goes first. Thread-safe.</summary>
internal sealed class MemoryLevel(long maxBytes, CacheCounts counts)
{
    private readonly Lock _gate = new();
    private readonly RecentlyUsed<string, CacheEntry> _entries = new(int.MaxValue, maxBytes);

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _entries.Bytes;
        }
    }

    /// <returns>The entry; null when there is none that still holds.</returns>
    public CacheEntry? Find(string key, long now)
    {
        lock (_gate)
        {
            CacheEntry? entry = _entries.Find(key);
            if (entry?.ExpiresAt > now)
            {
                _entries.Use(key);
                return entry;
            }
            _entries.Remove(key);
            return null;
        }
    }

    public void Keep(string key, CacheEntry entry)
    {
        long size = entry.SizeWith(key);
        lock (_gate)
            counts.Dropped(_entries.Keep(key, entry, size));
    }

    public void Remove(string key)
    {
        lock (_gate)
            _entries.Remove(key);
    }

    public void Clear()
    {
        lock (_gate)
            _entries.Clear();
    }
}
