using System.Collections.Concurrent;

namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// Admits a call when all its limits have room for it: everything it may need is taken at once, and what it didn't need is given back
/// at its end. So calls that run at the same time can't spend the same money. Thread-safe.
/// </summary>
internal sealed class Limiter(ILimitCounters counters)
{
    private readonly ConcurrentDictionary<LimitSubject, SubjectCounters> _subjects = new();

    /// <summary>Takes what the limits of one subject ask for, or nothing.</summary>
    /// <param name="subject">Who is limited.</param>
    /// <param name="policy">By what.</param>
    /// <param name="needed">What the call may need at most.</param>
    /// <param name="reservation">Gets what was taken, also when the answer is a refusal; the caller then cancels it.</param>
    /// <param name="cancellationToken">Ends the wait for counters elsewhere.</param>
    /// <returns>Null when the call is admitted.</returns>
    public ValueTask<LimitRefusal?> ReserveAsync(
        LimitSubject subject,
        LimitPolicy policy,
        LimitAmounts needed,
        LimitReservation reservation,
        CancellationToken cancellationToken
    ) =>
        policy.IsUnlimited
            ? ValueTask.FromResult<LimitRefusal?>(null)
            : ReserveLimitedAsync(subject, policy, needed, reservation, cancellationToken);

    private async ValueTask<LimitRefusal?> ReserveLimitedAsync(
        LimitSubject subject,
        LimitPolicy policy,
        LimitAmounts needed,
        LimitReservation reservation,
        CancellationToken cancellationToken
    )
    {
        SubjectCounters own = _subjects.GetOrAdd(
            subject,
            static (subject, counters) => new SubjectCounters(subject, counters),
            counters
        );
        foreach (Limit limit in policy.Limits)
        {
            if (needed.Of(limit.Unit) is not { } amount)
                return new LimitRefusal(subject.Scope, limit, null, default);
            // Nothing is needed of it: a speech limit doesn't concern a chat, even when it is used up.
            if (amount == 0)
                continue;
            ILimitCounter counter = own.Get(limit.Unit, limit.Window);
            long allowed = LimitAmounts.Scale(limit.Unit, limit.Amount);
            LimitTake take = await counter.TakeAsync(amount, allowed, cancellationToken);
            if (!take.Granted)
                return new LimitRefusal(subject.Scope, limit, LimitAmounts.Unscale(limit.Unit, amount), take);
            reservation.Add(counter, limit.Unit, amount, take.Stamp);
            if (subject.Scope == LimitScope.Key)
                reservation.Note(limit, take.Remaining - amount);
        }
        return null;
    }
}
