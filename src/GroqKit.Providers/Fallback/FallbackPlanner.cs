using GroqKit.Providers.Health;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// Orders the keys and addresses of a chain's targets. The chain's order comes first; within a target, what takes calls comes before what is
/// nearly used up, the nearer address before the farther, and keys are drawn by weight. What is closed comes last, for its reason to be recorded.
/// </summary>
internal sealed class FallbackPlanner(LaneBoard lanes, Func<double> randomness)
{
    // An address counts as near when it is at most this much slower than the quickest: below, the difference is noise.
    private const double NearFactor = 1.3;

    public CandidateQueue Plan(ProviderService service, IReadOnlyList<FallbackTarget> chain)
    {
        int count = 0;
        foreach (FallbackTarget target in chain)
            count += target.Provider.Connections.Count;
        var candidates = new FallbackCandidate[count];
        int place = 0;
        foreach (FallbackTarget target in chain)
        {
            IReadOnlyList<ProviderConnection> connections = target.Provider.Connections;
            for (int index = 0; index < connections.Count; index++)
                candidates[place + index] = new(target, LaneOf(target, service, connections[index]), null);
            if (connections.Count > 1)
                Order(candidates.AsSpan(place, connections.Count));
            place += connections.Count;
        }
        if (chain.Count > 1)
            PutNearlyUsedUpLast(candidates);
        return new CandidateQueue(candidates);
    }

    private Lane LaneOf(FallbackTarget target, ProviderService service, ProviderConnection connection) =>
        lanes.Of(target.Provider, service, target.Model, connection);

    private void Order(Span<FallbackCandidate> candidates)
    {
        double nearest = double.MaxValue;
        foreach (FallbackCandidate candidate in candidates)
            nearest = Math.Min(nearest, candidate.Lane.Median ?? double.MaxValue);
        Span<double> ranks =
            candidates.Length <= 64 ? stackalloc double[candidates.Length] : new double[candidates.Length];
        for (int index = 0; index < candidates.Length; index++)
        {
            Lane lane = candidates[index].Lane;
            bool near = lane.Median is not { } median || median <= nearest * NearFactor;
            // Sorting by -ln(u)/weight draws without replacement, each in proportion to its weight; it stays below 1000 for any u.
            double draw = -Math.Log(1 - randomness()) / lane.Connection.Weight;
            ranks[index] = ((int)lane.Availability() * 10_000) + (near ? 0 : 1_000) + Math.Min(draw, 999);
            candidates[index] = candidates[index] with { Choice = near ? "weight" : "farther address" };
        }
        ranks.Sort(candidates);
    }

    // Steering: a target that is about to be refused is asked after those that are not, in the chain's order otherwise.
    private static void PutNearlyUsedUpLast(FallbackCandidate[] candidates)
    {
        int low = 0;
        foreach (FallbackCandidate candidate in candidates)
            low += candidate.Lane.Availability() is LaneAvailability.NearlyUsedUp ? 1 : 0;
        if (low == 0 || low == candidates.Length)
            return;
        FallbackCandidate[] ordered =
        [
            .. candidates.OrderBy(candidate => candidate.Lane.Availability() is LaneAvailability.NearlyUsedUp),
        ];
        for (int index = 0; index < ordered.Length; index++)
        {
            candidates[index] =
                ordered[index].Lane.Availability() is LaneAvailability.NearlyUsedUp
                    ? ordered[index] with
                    {
                        Choice = "nearly used up",
                    }
                    : ordered[index];
        }
    }
}
