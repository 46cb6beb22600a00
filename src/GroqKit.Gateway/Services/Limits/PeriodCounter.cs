namespace GroqKit.Gateway.Services.Limits;

/// <summary>
/// Counts over the calendar day or month. What was used before this process began comes from the history, once, before the first
/// amount is granted.
/// </summary>
internal sealed class PeriodCounter(
    LimitSubject subject,
    LimitUnit unit,
    LimitWindow window,
    ILimitHistory history,
    TimeProvider time
) : ILimitCounter
{
    // The stamp of no window.
    private const long Uncounted = -2;

    private readonly Lock _gate = new();
    private long _period = -1;
    private long _used;
    private Task<long>? _before;
    private bool _known;

    public ValueTask<LimitTake> TakeAsync(long amount, long limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Turn();
            if (_known)
                return ValueTask.FromResult(Take(amount, limit));
        }
        return LearnAsync(amount, limit, cancellationToken);
    }

    public void Settle(long stamp, long taken, long used)
    {
        if (used == taken)
            return;
        lock (_gate)
        {
            Turn();
            if (stamp == _period)
                _used += used - taken;
        }
    }

    private async ValueTask<LimitTake> LearnAsync(long amount, long limit, CancellationToken cancellationToken)
    {
        Task<long> before;
        lock (_gate)
            before = _before ??= history.UsedAsync(subject, unit, window, cancellationToken: CancellationToken.None);
        try
        {
            long used = await before.WaitAsync(cancellationToken);
            lock (_gate)
            {
                if (!_known && _before == before)
                {
                    _used += used;
                    _known = true;
                }
                Turn();
                return Take(amount, limit);
            }
        }
        catch (LimitHistoryException)
        {
            lock (_gate)
            {
                if (_before == before)
                    _before = null;
            }
            // Money fails closed; for the rest a call too many is better than none.
            return unit == LimitUnit.Cost ? LimitTake.NotKnown : new LimitTake(true, Uncounted, limit, null);
        }
    }

    private LimitTake Take(long amount, long limit)
    {
        long left = limit - _used;
        if (amount > left)
            return new LimitTake(
                false,
                _period,
                Math.Max(left, 0),
                amount > limit ? null : LimitPeriod.StartOf(window, _period + 1) - time.GetUtcNow()
            );
        _used += amount;
        return new LimitTake(true, _period, left, null);
    }

    private void Turn()
    {
        long period = LimitPeriod.NumberOf(window, time.GetUtcNow());
        if (period <= _period)
            return;
        // A window that begins while the process runs has no history.
        _known |= _period >= 0;
        _period = period;
        _used = 0;
    }
}
