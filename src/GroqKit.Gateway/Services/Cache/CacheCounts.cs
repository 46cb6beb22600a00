namespace GroqKit.Gateway.Services.Cache;

/// <summary>What the cache has done since the process started. Thread-safe.</summary>
internal sealed class CacheCounts
{
    private long _memoryHits;
    private long _sharedHits;
    private long _misses;
    private long _evicted;

    /// <summary>Found in this process.</summary>
    public long MemoryHits => Interlocked.Read(ref _memoryHits);

    /// <summary>Found in what nodes share.</summary>
    public long SharedHits => Interlocked.Read(ref _sharedHits);

    /// <summary>Found nowhere.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>Dropped from memory for want of room.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    public void FoundInMemory() => Interlocked.Increment(ref _memoryHits);

    public void FoundShared() => Interlocked.Increment(ref _sharedHits);

    public void Missed() => Interlocked.Increment(ref _misses);

    public void Dropped(int entries) => Interlocked.Add(ref _evicted, entries);
}
