using System.Collections.Concurrent;

namespace GroqKit.Resilience;

/// <summary>The lanes of a client, by model. Safe for all threads; never more than a fixed number of them.</summary>
internal sealed class ModelLanes(ResilienceSettings settings) : IDisposable
{
    /// <summary>Names come from callers, so their number has to be bounded.</summary>
    private const int MostLanes = 1000;

    private readonly ConcurrentDictionary<string, ModelLane> _lanes = new(StringComparer.Ordinal);
    private readonly Lock _clearing = new();

    public IEnumerable<ModelLane> All => _lanes.Select(pair => pair.Value);

    /// <summary>Of all circuits that are not closed: open before half-open.</summary>
    public CircuitState WorstCircuit
    {
        get
        {
            var worst = CircuitState.Closed;
            foreach (ModelLane lane in All)
            {
                CircuitState state = lane.CircuitState;
                if (state is CircuitState.Open || worst is CircuitState.Closed)
                    worst = state;
            }
            return worst;
        }
    }

    /// <summary>Null for a model that was not called yet.</summary>
    public ModelLane? Find(string model) => _lanes.GetValueOrDefault(model);

    /// <param name="model">The model's id, as it is sent.</param>
    /// <param name="now">A timestamp of the clock.</param>
    public ModelLane Get(string model, long now)
    {
        if (!_lanes.TryGetValue(model, out ModelLane? lane))
            lane = Add(model);
        lane.Use(now);
        return lane;
    }

    /// <summary>What is left of the reported limits on a unit, at the model where it is least; null when none is reported.</summary>
    public double? LeastRemaining(RateUnit unit)
    {
        double? least = null;
        foreach (ModelLane lane in All)
        {
            if (lane.Gate.Remaining(unit) is { } left && !(least <= left))
                least = left;
        }
        return least;
    }

    public void Dispose()
    {
        foreach (ModelLane lane in All)
            lane.Dispose();
    }

    private ModelLane Add(string model)
    {
        lock (_clearing)
        {
            if (_lanes.Count >= MostLanes)
                DropHalf();
            return _lanes.GetOrAdd(model, static (id, settings) => new ModelLane(id, settings), settings);
        }
    }

    // Those unused for longest, unless somebody waits there.
    private void DropHalf()
    {
        foreach (ModelLane lane in All.OrderBy(lane => lane.UsedAt).Take(MostLanes / 2).ToList())
        {
            if (lane.Gate.WaitingCalls == 0)
                _lanes.TryRemove(lane.Model, out _);
        }
    }
}
