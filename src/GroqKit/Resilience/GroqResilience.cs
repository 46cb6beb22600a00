using GroqKit.Telemetry;

namespace GroqKit.Resilience;

/// <summary>What a client knows of the models it has called: circuits, rate limits, latencies. Safe for all threads.</summary>
public sealed class GroqResilience
{
    private readonly ModelLanes _lanes;
    private readonly RetryBudget _budget;

    internal GroqResilience(ModelLanes lanes, RetryBudget budget)
    {
        _lanes = lanes;
        _budget = budget;
    }

    /// <summary>The models that were called, in no order. Of more than a thousand, those unused for longest are forgotten.</summary>
    public IReadOnlyList<string> Models => [.. _lanes.All.Select(lane => lane.Model)];

    /// <summary>Tokens left in the retry budget.</summary>
    public int RetryBudget => _budget.Available;

    /// <summary>The state of a model's circuit breaker; null for a model that was not called.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    public CircuitStatus? GetCircuit(string model) => _lanes.Find(model)?.CircuitStatus;

    /// <summary>Where the client stands with a model's rate limits; null for a model that was not called.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    public RateLimitStatus? GetRateLimits(string model) => _lanes.Find(model)?.Gate.Status;

    /// <summary>How long a call of the usual size to a model would wait for its turn; zero for a model that was not called. At most a day.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    public TimeSpan GetWait(string model) => _lanes.Find(model)?.Gate.Wait ?? TimeSpan.Zero;

    /// <summary>How quick the last calls to a model were; null for a model that was not called.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    public LatencySummary? GetLatency(string model) => _lanes.Find(model)?.Latency.Summary;

    /// <summary>Closes a model's circuit and forgets its failures; does nothing for a model that was not called.</summary>
    /// <param name="model">The model's id, as it was sent.</param>
    public void ResetCircuit(string model) => _lanes.Find(model)?.ResetCircuit();

    /// <summary>Closes all circuits and forgets their failures.</summary>
    public void ResetCircuits()
    {
        foreach (ModelLane lane in _lanes.All)
            lane.ResetCircuit();
    }
}
