using System.Collections.Concurrent;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The turns that run on this node, so that their callers can interrupt them. Thread-safe.</summary>
internal sealed class RunningTurns
{
    private readonly ConcurrentDictionary<TurnName, TurnRecord> _turns = new();

    public int Count => _turns.Count;

    /// <returns>False when a turn of that name runs already.</returns>
    public bool TryAdd(TurnRecord turn) => _turns.TryAdd(turn.Name, turn);

    public void Remove(TurnRecord turn) => _turns.TryRemove(KeyValuePair.Create(turn.Name, turn));

    public TurnRecord? Find(TurnName name) => _turns.GetValueOrDefault(name);

    /// <summary>Nothing is kept of the turns of somebody that run now.</summary>
    public void Forget(string person)
    {
        foreach (TurnRecord turn in _turns.Values.Where(turn => turn.Person == person))
            turn.Forget();
    }
}
