using GroqKit.Gateway.Services.Errors;

namespace GroqKit.Gateway.Services.Voice;

/// <summary>The turns on this node whose callers may come back to them, bounded for each key and for all. Thread-safe.</summary>
internal sealed class KeptTurns(KeptTurnLimits limits)
{
    // Of those that run nobody knows when they end.
    private static readonly TimeSpan UsualWait = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly Dictionary<TurnName, KeptTurn> _turns = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Takes a place for a turn; <see cref="Add"/> fills it, <see cref="Release"/> gives it back. What has ended under its name is forgotten.</summary>
    /// <exception cref="GatewayException">There is no room.</exception>
    public void Reserve(TurnName name)
    {
        lock (_gate)
        {
            ForgetEnded(name);
            int own = _places.GetValueOrDefault(name.Key);
            if (own >= limits.PerKey)
                throw VoiceRefusals.TooManyKept(limits.PerKey, WaitOf(turn => turn.Key == name.Key));
            if (_all >= limits.PerNode)
                throw VoiceRefusals.NoRoomForKept(WaitOf(_ => true));
            _places[name.Key] = own + 1;
            _all++;
        }
    }

    /// <summary>Gives back a place that was taken and not filled.</summary>
    public void Release(TurnName name)
    {
        lock (_gate)
            GiveBack(name);
    }

    public void Add(KeptTurn turn)
    {
        lock (_gate)
        {
            // It ended in the moment between.
            if (_turns.TryGetValue(turn.Record.Name, out KeptTurn? before))
                Drop(before);
            _turns[turn.Record.Name] = turn;
        }
    }

    public void Remove(KeptTurn turn)
    {
        lock (_gate)
            Drop(turn);
    }

    public KeptTurn? Find(TurnName name)
    {
        lock (_gate)
            return _turns.GetValueOrDefault(name);
    }

    /// <summary>Forgets what has ended under a name that is taken anew.</summary>
    public void Replace(TurnName name)
    {
        lock (_gate)
            ForgetEnded(name);
    }

    /// <summary>Nobody can go on any more with the turns of somebody.</summary>
    public void Forget(string person)
    {
        lock (_gate)
        {
            foreach (KeptTurn turn in _turns.Values.Where(turn => turn.Record.Person == person).ToArray())
                Drop(turn);
        }
    }

    private void ForgetEnded(TurnName name)
    {
        if (_turns.TryGetValue(name, out KeptTurn? before) && before.Left is not null)
            Drop(before);
    }

    // Whoever was dropped is told once more when its time is over.
    private void Drop(KeptTurn turn)
    {
        TurnName name = turn.Record.Name;
        if (_turns.GetValueOrDefault(name) != turn)
            return;
        _turns.Remove(name);
        GiveBack(name);
    }

    private void GiveBack(TurnName name)
    {
        _all--;
        if (_places[name.Key] == 1)
            _places.Remove(name.Key);
        else
            _places[name.Key]--;
    }

    private TimeSpan WaitOf(Func<TurnName, bool> which) =>
        _turns
            .Values.Where(turn => which(turn.Record.Name))
            .Select(turn => turn.Left)
            .Where(left => left > TimeSpan.Zero)
            .Min()
        ?? UsualWait;
}
