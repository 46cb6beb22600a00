namespace GroqKit.Gateway.Services.Voice;

/// <summary>
/// What is remembered for a while in the memory of this node, bounded in number and in bytes: what was not used for longest leaves first. Thread-safe.
/// </summary>
/// <param name="mostItems">The most items.</param>
/// <param name="mostBytes">The most bytes of all together.</param>
/// <param name="kept">How long an item lasts that is not changed.</param>
/// <param name="time">The clock.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int mostItems, long mostBytes, TimeSpan kept, TimeProvider time)
    : IDisposable
    where TKey : notnull
    where TValue : class
{
    private readonly Lock _gate = new();
    private readonly Dictionary<TKey, LinkedListNode<Item>> _places = [];
    private readonly LinkedList<Item> _newestFirst = [];
    private ITimer? _timer;
    private long _bytes;

    /// <summary>The bytes of all items.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
                return _bytes;
        }
    }

    /// <returns>Null when it isn't remembered.</returns>
    public TValue? Find(TKey key)
    {
        lock (_gate)
        {
            if (Place(key) is not { } place)
                return null;
            _newestFirst.Remove(place);
            _newestFirst.AddFirst(place);
            return place.Value.Content;
        }
    }

    /// <summary>Remembers an item in place of what there is under its key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="change">Makes the item and tells its bytes; is given what there is, or null. It gives null to have nothing remembered.</param>
    public void Change(TKey key, Func<TValue?, (TValue? Content, long Bytes)> change)
    {
        lock (_gate)
        {
            (TValue? content, long bytes) = change(Place(key)?.Value.Content);
            if (_places.TryGetValue(key, out LinkedListNode<Item>? before))
                Drop(before);
            if (content is null || bytes > mostBytes)
                return;
            _places[key] = _newestFirst.AddFirst(new Item(key, content, bytes, time.GetTimestamp()));
            _bytes += bytes;
            while (_bytes > mostBytes || _places.Count > mostItems)
                Drop(_newestFirst.Last!);
            _timer ??= time.CreateTimer(_ => DropOld(), null, kept, kept);
        }
    }

    /// <summary>Forgets items.</summary>
    public void Remove(Func<TValue, bool> which)
    {
        lock (_gate)
            Drop(item => which(item.Content));
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private bool IsOver(in Item item) => time.GetElapsedTime(item.KeptAt) >= kept;

    private LinkedListNode<Item>? Place(TKey key) =>
        _places.TryGetValue(key, out LinkedListNode<Item>? place) && !IsOver(place.Value) ? place : null;

    // What nobody asks for any more is not held until its room is needed: it is what somebody said.
    private void DropOld()
    {
        lock (_gate)
        {
            Drop(item => IsOver(item));
            if (_places.Count > 0)
                return;
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void Drop(Func<Item, bool> which)
    {
        for (LinkedListNode<Item>? place = _newestFirst.First; place is not null; )
        {
            LinkedListNode<Item>? next = place.Next;
            if (which(place.Value))
                Drop(place);
            place = next;
        }
    }

    private void Drop(LinkedListNode<Item> place)
    {
        _newestFirst.Remove(place);
        _places.Remove(place.Value.Key);
        _bytes -= place.Value.Bytes;
    }

    private readonly record struct Item(TKey Key, TValue Content, long Bytes, long KeptAt);
}
