using System.Numerics;
using GroqKit.Gateway.Services.Agents;
using GroqKit.Gateway.Services.Errors;
using GroqKit.Gateway.Services.Routing;
using GroqKit.Providers;
using GroqKit.Providers.Health;

namespace GroqKit.Gateway.Services.Forwarding;

/// <summary>
/// Whom one call asks, in which order: the chain's, with those that are nearly used up behind the others and those that are closed left out.
/// When all are closed the first is asked all the same, since a refusal of the gateway's own would help nobody. Once everyone failed, those whose
/// failure passes quickly are asked again. Used by one thread at a time; costs nothing where nobody else could be asked.
/// </summary>
internal struct ChainWalk(ModelRoute first, UpstreamLanes lanes, RetryRules retries, ServiceKind service)
{
    private readonly bool _alone = first.Fallback.IsEmpty;
    private uint _left = (1u << (1 + first.Fallback.Length)) - 1;
    private uint _again;
    private uint _throttled;
    private int _round;
    private bool _asked;
    private TimeSpan _soonest = TimeSpan.MaxValue;

    /// <summary>Whether somebody is left who takes calls.</summary>
    public readonly bool HasNext
    {
        get
        {
            if (_round > 0)
                return _left != 0;
            for (uint left = _left; left != 0; left &= left - 1)
            {
                if (LaneOf(BitOperations.TrailingZeroCount(left)).IsOpen)
                    return true;
            }
            return false;
        }
    }

    /// <param name="candidate">Who is asked next.</param>
    /// <param name="passedOver">Told who is left out, and why.</param>
    /// <returns>False when nobody is left in this round.</returns>
    public bool TryNext(out Candidate candidate, IPassedOver passedOver)
    {
        candidate = default;
        if (_left == 0)
            return false;
        if (_round > 0)
            return TryRepeat(out candidate);
        if (_alone)
        {
            _left = 0;
            candidate = new Candidate(first, 0, null, default, Paid: 0);
            return true;
        }
        if (Choose() is not { } place)
            return false;
        PassOver(before: place, passedOver);
        _left &= ~(1u << place);
        _asked = true;
        UpstreamLane lane = LaneOf(place);
        candidate = new Candidate(RouteAt(place), place, lane, lane.Force(), Paid: 0);
        return true;
    }

    /// <summary>Notes a failure, for another round.</summary>
    public void Failed(in Candidate candidate, GatewayException failure)
    {
        if (_round >= candidate.Route.Provider.MaxRetries || retries.WaitAfter(failure, _round) is not { } wait)
            return;
        uint bit = 1u << candidate.Place;
        _again |= bit;
        _throttled = failure.Failure is ProviderFailure.RateLimited ? _throttled | bit : _throttled & ~bit;
        if (wait < _soonest)
            _soonest = wait;
    }

    /// <summary>Begins another round.</summary>
    /// <returns>How long to wait first; null when asking again is of no use.</returns>
    public TimeSpan? TryAgain()
    {
        if (_again == 0)
            return null;
        TimeSpan wait = _soonest;
        _left = _again;
        _again = 0;
        _soonest = TimeSpan.MaxValue;
        _round++;
        return wait;
    }

    private bool TryRepeat(out Candidate candidate)
    {
        candidate = default;
        while (_left != 0)
        {
            int place = BitOperations.TrailingZeroCount(_left);
            _left &= _left - 1;
            ModelRoute route = RouteAt(place);
            if (!route.Provider.RetryBudget.TrySpend((_throttled & (1u << place)) != 0, out int paid))
                continue;
            UpstreamLane? lane = _alone ? null : LaneOf(place);
            candidate = new Candidate(route, place, lane, lane?.Force() ?? default, paid);
            return true;
        }
        return false;
    }

    private readonly int? Choose()
    {
        int? nearlyUsedUp = null;
        int? closed = null;
        for (uint left = _left; left != 0; left &= left - 1)
        {
            int place = BitOperations.TrailingZeroCount(left);
            UpstreamLane lane = LaneOf(place);
            if (!lane.IsOpen)
                closed ??= place;
            else if (lane.Availability() is LaneAvailability.NearlyUsedUp)
                nearlyUsedUp ??= place;
            else
                return place;
        }
        return nearlyUsedUp ?? (_asked ? null : closed);
    }

    private void PassOver(int before, IPassedOver passedOver)
    {
        for (uint left = _left & ((1u << before) - 1); left != 0; left &= left - 1)
        {
            int place = BitOperations.TrailingZeroCount(left);
            UpstreamLane lane = LaneOf(place);
            if (lane.IsOpen)
                continue;
            _left &= ~(1u << place);
            passedOver.PassedOver(RouteAt(place), lane.FindRefusal()?.Failure);
        }
    }

    private readonly UpstreamLane LaneOf(int place)
    {
        ModelRoute route = RouteAt(place);
        return lanes.Of(route.Provider, service, route.Model);
    }

    private readonly ModelRoute RouteAt(int place) => place == 0 ? first : first.Fallback[place - 1];
}
