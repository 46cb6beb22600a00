namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// How a ledger changes when a node reports and asks. Never is more granted than the limit leaves beside all that was used and all
/// that nodes may use, so however the nodes' calls fall in time, no window sees more than the limit.
/// </summary>
internal static class LedgerRules
{
    /// <summary>A minute's slots: whole seconds, one more than sixty so that no 60 seconds, wherever they begin, see too much.</summary>
    public const int Seconds = 61;

    /// <summary>Of what is left, the part that a node may have in advance.</summary>
    public const int ExtraShare = 8;

    // How long nodes have to tell a store that lost everything what they know.
    private const long SettlingMilliseconds = 3_000;

    /// <summary>The slot of a moment.</summary>
    public static long SlotOf(LimitWindow window, long now) =>
        window == LimitWindow.Minute
            ? now / 1000
            : LimitPeriod.NumberOf(window, DateTimeOffset.FromUnixTimeMilliseconds(now));

    /// <summary>Hears a node's report and grants what it asks for as far as there is room.</summary>
    /// <param name="ledger">Changed in place.</param>
    /// <param name="window">What the limit holds for.</param>
    /// <param name="now">The store's time in milliseconds since 1970.</param>
    /// <param name="epoch">The store's life.</param>
    /// <param name="request">What the node says and asks.</param>
    public static LeaseReply Apply(Ledger ledger, LimitWindow window, long now, StoreEpoch epoch, LeaseRequest request)
    {
        long slot = SlotOf(window, now);
        Expire(ledger, window, now, slot);
        if (request.History is { } history)
            ledger.Slots[slot] = Math.Max(ledger.Slots.GetValueOrDefault(slot), history);
        long put = Hear(ledger, window, now, slot, request);
        bool settling = epoch.AfterLoss && now - epoch.Since < SettlingMilliseconds;
        long available =
            request.Limit
            - ledger.Used
            - ledger.Leases.Where(lease => lease.Node != request.Node).Sum(lease => lease.Amount)
            - request.Keep;
        long granted = settling ? 0 : Grant(request, available);
        ledger.Leases.RemoveAll(lease => lease.Node == request.Node);
        ledger.Leases.Add(
            new Lease(
                request.Node,
                request.Report.Sequence,
                put,
                request.Keep + granted,
                now + (long)Lease.Lifetime.TotalMilliseconds
            )
        );
        return new LeaseReply(
            granted,
            Math.Max(0, available - granted),
            Wait(ledger, window, now, slot, request.Least - available),
            put,
            now,
            settling
        );
    }

    private static void Expire(Ledger ledger, LimitWindow window, long now, long slot)
    {
        bool minute = window == LimitWindow.Minute;
        foreach (Lease lease in ledger.Leases.ToArray())
        {
            // A minute's is remembered as long as there is a slot that its node could correct: a report must not be heard twice.
            long end = lease.Expires + (minute ? Seconds * 1000 : (long)Lease.Mourning.TotalMilliseconds);
            if (minute && lease.Expires <= now && lease.Amount > 0)
            {
                // Its node may have used it up to its last moment.
                ledger.Add(SlotOf(window, lease.Expires), lease.Amount);
                ledger.Leases[ledger.Leases.IndexOf(lease)] = lease with { Amount = 0 };
            }
            if (end <= now)
                ledger.Leases.RemoveAll(other => other.Node == lease.Node);
        }
        long oldest = minute ? slot - Seconds + 1 : slot;
        foreach (long old in ledger.Slots.Keys.Where(key => key < oldest).ToArray())
            ledger.Slots.Remove(old);
    }

    private static long Hear(Ledger ledger, LimitWindow window, long now, long slot, LeaseRequest request)
    {
        LeaseReport report = request.Report;
        Lease? own = ledger.Leases.Find(lease => lease.Node == request.Node);
        // It arrived the first time, and only the answer was lost.
        if (own?.Sequence >= report.Sequence)
            return own.Slot;
        bool expired = own is null || own.Expires <= now;
        bool counted = expired && window == LimitWindow.Minute && report.Covered > 0;
        ledger.Add(slot, report.Used - (counted ? report.Covered : 0));
        foreach ((long corrected, long amount) in report.Corrections)
        {
            if (ledger.Slots.ContainsKey(corrected))
                ledger.Add(corrected, amount);
        }
        return counted ? -1 : slot;
    }

    private static long Grant(LeaseRequest request, long available)
    {
        if (available <= 0)
            return 0;
        if (request.Need > available)
            return request.Least <= available ? available : 0;
        return request.Need + Math.Min(request.Extra, (available - request.Need) / ExtraShare);
    }

    private static TimeSpan Wait(Ledger ledger, LimitWindow window, long now, long slot, long missing)
    {
        if (missing <= 0)
            return TimeSpan.Zero;
        if (window != LimitWindow.Minute)
            return LimitPeriod.StartOf(window, slot + 1) - DateTimeOffset.FromUnixTimeMilliseconds(now);
        foreach ((long second, long amount) in ledger.Slots)
        {
            missing -= amount;
            if (missing <= 0)
                return TimeSpan.FromMilliseconds((second + Seconds) * 1000 - now);
        }
        // Leased to others: given back soon when they don't use it.
        return Lease.Lifetime;
    }
}
