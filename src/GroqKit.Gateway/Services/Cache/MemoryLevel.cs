namespace GroqKit.Gateway.Services.Cache;

/// <summary>The part of the cache in this process: bounded in bytes, what wasn't used for longest goes first. Thread-safe.</summary>
internal sealed class MemoryLevel(long maxBytes, CacheCounts counts)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LinkedListNode<(string Key, CacheEntry Entry)>> _places = new(
        StringComparer.Ordinal
    );
    private readonly LinkedList<(string Key, CacheEntry Entry)> _newestFirst = [];
    private long _bytes;

    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _places.Count;
        }
    }

    /// <returns>The entry; null when there is none that still holds.</returns>
    public CacheEntry? Find(string key, long now)
    {
        lock (_gate)
        {
            if (!_places.TryGetValue(key, out var place))
                return null;
            if (place.Value.Entry.ExpiresAt <= now)
            {
                Drop(place);
                return null;
            }
            _newestFirst.Remove(place);
            _newestFirst.AddFirst(place);
            return place.Value.Entry;
        }
    }

    public void Keep(string key, CacheEntry entry)
    {
        long size = entry.SizeWith(key);
        lock (_gate)
        {
            if (_places.TryGetValue(key, out var before))
                Drop(before);
            if (size > maxBytes)
                return;
            _places[key] = _newestFirst.AddFirst((key, entry));
            _bytes += size;
            while (_bytes > maxBytes && _newestFirst.Last is { } oldest)
            {
                Drop(oldest);
                counts.Dropped();
            }
        }
    }

    public void Remove(string key)
    {
        lock (_gate)
        {
            if (_places.TryGetValue(key, out var place))
                Drop(place);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _places.Clear();
            _newestFirst.Clear();
            _bytes = 0;
        }
    }

    private void Drop(LinkedListNode<(string Key, CacheEntry Entry)> place)
    {
        (string key, CacheEntry entry) = place.Value;
        _newestFirst.Remove(place);
        _places.Remove(key);
        _bytes -= entry.SizeWith(key);
    }
}
