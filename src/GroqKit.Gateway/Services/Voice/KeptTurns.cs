using System.Collections.Concurrent;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The turns on this node whose callers may come back to them. Thread-safe.</summary>
internal sealed class KeptTurns
{
    private const int Most = 256;

    private readonly ConcurrentDictionary<(string Key, string Turn), KeptTurn> _turns = new();

    /// <summary>Whether there is room for another.</summary>
    public bool HasRoom => _turns.Count < Most;

    /// <summary>Keeps a turn; one of the same name that has ended is forgotten for it.</summary>
    public void Add(string key, KeptTurn turn) => _turns[(key, turn.Turn.Id)] = turn;

    public void Remove(string key, KeptTurn turn) => _turns.TryRemove(KeyValuePair.Create((key, turn.Turn.Id), turn));

    public KeptTurn? Find(string key, string turn) => _turns.GetValueOrDefault((key, turn));
}
