using GroqKit.Gateway.Services.Usage;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>What a running call has taken from its limits. Settled once, by the call's meter.</summary>
internal sealed class LimitReservation
{
    private readonly List<Part> _parts = new(4);

    /// <summary>How the caller's own key stands with its calls: of several limits the one with the least left.</summary>
    public LimitStanding? Requests { get; private set; }

    /// <summary>How it stands with its tokens.</summary>
    public LimitStanding? Tokens { get; private set; }

    /// <summary>Remembers what is left of a limit of the caller's own key.</summary>
    public void Note(Limit limit, long remaining)
    {
        var standing = new LimitStanding(limit, Math.Max(0, remaining));
        if (limit.Unit == LimitUnit.Requests && !(Requests?.Remaining <= standing.Remaining))
            Requests = standing;
        else if (limit.Unit == LimitUnit.Tokens && !(Tokens?.Remaining <= standing.Remaining))
            Tokens = standing;
    }

    public void Add(ILimitCounter counter, LimitUnit unit, long taken, long stamp) =>
        _parts.Add(new Part(counter, unit, taken, stamp));

    /// <summary>Gives back what wasn't used, and takes what was used beyond.</summary>
    public void Settle(in UsageRecord record)
    {
        LimitAmounts used = LimitAmounts.Of(in record);
        foreach (Part part in _parts)
        {
            // A cost that isn't known stays what was reserved for it.
            part.Counter.Settle(part.Stamp, part.Taken, used.Of(part.Unit) ?? part.Taken);
        }
    }

    /// <summary>Gives everything back: the call isn't made.</summary>
    public void Cancel()
    {
        foreach (Part part in _parts)
            part.Counter.Settle(part.Stamp, part.Taken, 0);
    }

    private readonly record struct Part(ILimitCounter Counter, LimitUnit Unit, long Taken, long Stamp);
}
