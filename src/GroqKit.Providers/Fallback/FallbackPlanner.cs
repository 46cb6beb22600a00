using GroqKit.Providers.Health;
using GroqKit.Providers.Steering;

namespace GroqKit.Providers.Fallback;

/// <summary>
/// Orders the keys and addresses of a chain's targets: the chain's order first, except that what is nearly used up comes after what is not, and
/// what is outside its share of the calls after that. Within a target, what takes calls comes before what does not (which is kept for its
/// reason to be recorded), the nearer address before the farther, and keys are drawn by weight.
/// </summary>
internal sealed class FallbackPlanner(ProviderControls controls, LaneOptions options, Func<double> randomness)
{
    // An address counts as near when it is at most this much slower than the quickest: below, the difference is noise.
    private const double NearFactor = 1.3;

    // Ranks are sums of these; each is larger than everything that can stand below it.
    private const double OutsideShare = 1e12;
    private const double NearlyUsedUp = 1e11;
    private const double Target = 1e6;
    private const double Closed = 1e5;
    private const double Farther = 1e3;

    public CandidateQueue Plan(FallbackChain chain, string? conversation)
    {
        Lane[][] lanes = chain.Lanes;
        int count = 0;
        foreach (Lane[] ofTarget in lanes)
            count += ofTarget.Length;
        var candidates = new FallbackCandidate[count];
        Span<double> ranks = count <= 64 ? stackalloc double[count] : new double[count];
        int place = 0;
        for (int index = 0; index < lanes.Length; index++)
        {
            FallbackTarget target = chain.Targets[index];
            int length = lanes[index].Length;
            Rank(target, lanes[index], candidates.AsSpan(place, length), ranks.Slice(place, length));
            string? outside = controls.ShareProblem(target.Provider.Name, conversation, randomness);
            for (int at = place; at < place + length; at++)
            {
                ranks[at] += (index * Target) + (outside is null ? 0 : OutsideShare);
                if (outside is not null)
                    candidates[at] = candidates[at] with { Choice = outside };
            }
            place += length;
        }
        if (!IsOrdered(ranks))
            ranks.Sort(candidates.AsSpan());
        return new CandidateQueue(candidates);
    }

    private void Rank(FallbackTarget target, Lane[] lanes, Span<FallbackCandidate> candidates, Span<double> ranks)
    {
        double nearest = double.MaxValue;
        bool chooses = lanes.Length > 1;
        for (int index = 0; index < lanes.Length; index++)
        {
            LaneAvailability availability = lanes[index].Availability();
            ranks[index] = availability switch
            {
                LaneAvailability.Open => 0,
                LaneAvailability.NearlyUsedUp => NearlyUsedUp,
                _ => Closed,
            };
            string? choice = availability is LaneAvailability.NearlyUsedUp ? "nearly used up" : target.Choice;
            candidates[index] = new(target, lanes[index], choice);
            // A dead address must not make its neighbours look far.
            if (chooses && availability is not LaneAvailability.Closed && lanes[index].Median is { } median)
                nearest = Math.Min(nearest, median);
        }
        if (!chooses)
            return;
        for (int index = 0; index < lanes.Length; index++)
        {
            Lane lane = lanes[index];
            double slower = lane.Median is { } median && nearest > 0 ? median / nearest : 1;
            bool isStale = lane.SinceTraffic >= options.RemeasureAfter;
            bool isNear = slower <= NearFactor || isStale;
            ranks[index] += isNear ? Draw(lane) : Farther * Math.Min(slower, 90);
            string choice = isNear ? (slower > NearFactor ? "measured anew" : "weight") : "farther address";
            candidates[index] = candidates[index] with { Choice = candidates[index].Choice ?? choice };
        }
    }

    // Sorting by -ln(u)/weight draws without replacement, each in proportion to its weight; it stays below 1000 for any u.
    private double Draw(Lane lane) => Math.Min(-Math.Log(1 - randomness()) / lane.Connection.Weight, 999);

    private static bool IsOrdered(ReadOnlySpan<double> ranks)
    {
        for (int index = 1; index < ranks.Length; index++)
        {
            if (ranks[index] < ranks[index - 1])
                return false;
        }
        return true;
    }
}
