using System.Collections.Concurrent;
using GroqKit.Voice;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The turns that run on this node, so that their callers can interrupt them. Thread-safe.</summary>
internal sealed class RunningTurns
{
    private readonly ConcurrentDictionary<(string Key, string Turn), VoiceTurn> _turns = new();

    public int Count => _turns.Count;

    /// <returns>False when a turn of that name runs already.</returns>
    public bool TryAdd(string key, VoiceTurn turn) => _turns.TryAdd((key, turn.Id), turn);

    public void Remove(string key, VoiceTurn turn) => _turns.TryRemove(KeyValuePair.Create((key, turn.Id), turn));

    public VoiceTurn? Find(string key, string turn) => _turns.GetValueOrDefault((key, turn));
}
