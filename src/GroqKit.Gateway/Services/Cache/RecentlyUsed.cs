namespace GroqKit.Gateway.Services.Cache;

/// <summary>
/// Items bounded in number and in bytes: what was not used for longest leaves first. Not thread-safe: its owner has a lock, and usually more to do
/// under it than one step.
/// </summary>
/// <param name="mostItems">The most items.</param>
/// <param name="mostBytes">The most bytes of all together.</param>
internal sealed class RecentlyUsed<TKey, TValue>(int mostItems, long mostBytes)
    where TKey : notnull
    where TValue : class
{
    private readonly Dictionary<TKey, LinkedListNode<Item>> _places = [];
    private readonly LinkedList<Item> _newestFirst = [];

    /// <summary>The bytes of all items.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many items there are.</summary>
    public int Count => _places.Count;

    /// <summary>Looks an item up, which is no use of it.</summary>
    /// <returns>Null when there is none.</returns>
    public TValue? Find(TKey key) => _places.GetValueOrDefault(key)?.Value.Content;

    /// <summary>Marks an item as the one that was used last.</summary>
    public void Use(TKey key)
    {
        if (!_places.TryGetValue(key, out LinkedListNode<Item>? place))
            return;
        _newestFirst.Remove(place);
        _newestFirst.AddFirst(place);
    }

    /// <summary>Holds an item in place of what there is under its key. One that is larger than all may be is not held.</summary>
    /// <returns>How many others left for want of room.</returns>
    public int Keep(TKey key, TValue content, long bytes)
    {
        Remove(key);
        if (bytes > mostBytes)
            return 0;
        _places[key] = _newestFirst.AddFirst(new Item(key, content, bytes));
        Bytes += bytes;
        int left = 0;
        for (; Bytes > mostBytes || Count > mostItems; left++)
            Drop(_newestFirst.Last!);
        return left;
    }

    /// <summary>Lets an item go, if there is one.</summary>
    public void Remove(TKey key)
    {
        if (_places.TryGetValue(key, out LinkedListNode<Item>? place))
            Drop(place);
    }

    /// <summary>Lets all items go that a question is true of.</summary>
    public void RemoveAll(Func<TValue, bool> which)
    {
        for (LinkedListNode<Item>? place = _newestFirst.First; place is not null; )
        {
            LinkedListNode<Item>? next = place.Next;
            if (which(place.Value.Content))
                Drop(place);
            place = next;
        }
    }

    /// <summary>Lets everything go.</summary>
    public void Clear()
    {
        _places.Clear();
        _newestFirst.Clear();
        Bytes = 0;
    }

    private void Drop(LinkedListNode<Item> place)
    {
        _newestFirst.Remove(place);
        _places.Remove(place.Value.Key);
        Bytes -= place.Value.Bytes;
    }

    private readonly record struct Item(TKey Key, TValue Content, long Bytes);
}
