using GroqKit.Gateway.Services.Cache;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>What is remembered for a while in the memory of this node, bounded in number and in bytes. Thread-safe.</summary>
/// <param name="mostItems">The most items.</param>
/// <param name="mostBytes">The most bytes of all together.</param>
/// <param name="kept">How long an item lasts that is not changed.</param>
/// <param name="time">The clock.</param>
internal sealed class Remembered<TKey, TValue>(int mostItems, long mostBytes, TimeSpan kept, TimeProvider time)
    : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly RecentlyUsed<TKey, Item> _items = new(mostItems, mostBytes);
    private ITimer? _timer;

    /// <summary>The bytes of all items.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _items.Bytes;
        }
    }

    /// <returns>Null when it isn't remembered.</returns>
    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            TValue? content = ContentOf(key);
            if (content is not null)
                _items.Use(key);
            return content;
        }
    }

    /// <summary>Remembers an item in place of what there is under its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="change">Makes the item and tells its bytes; is given what there is, or null. It gives null to have nothing remembered.</param>
    public void Change(TKey key, Func<TValue?, (TValue? Content, long Bytes)> change)
    {
        lock (_gate)
        {
            (TValue? content, long bytes) = change(ContentOf(key));
            if (content is null)
                _items.Remove(key);
            else
                _items.Keep(key, new Item(content, time.GetTimestamp()), bytes);
            if (_items.Count > 0)
                _timer ??= time.CreateTimer(_ => DropOld(), null, kept, kept);
        }
    }

    /// <summary>Forgets items.</summary>
    public void Remove(Func<TValue, bool> which)
    {
        lock (_gate)
            _items.RemoveAll(item => which(item.Content));
    }

    public void Dispose()
    {
        lock (_gate)
            StopTimer();
    }

    private bool IsOver(Item item) => time.GetElapsedTime(item.KeptAt) >= kept;

    private TValue? ContentOf(TKey key) => _items.Find(key) is { } item && !IsOver(item) ? item.Content : null;

    // What nobody asks for any more is not held until its room is needed: it is what somebody said.
    private void DropOld()
    {
        lock (_gate)
        {
            _items.RemoveAll(IsOver);
            if (_items.Count == 0)
                StopTimer();
        }
    }

    private void StopTimer()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private sealed record Item(TValue Content, long KeptAt);
}
