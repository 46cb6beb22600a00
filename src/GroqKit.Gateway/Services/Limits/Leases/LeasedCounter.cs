using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// Counts together with other nodes: a book decides without asking as long as there is something leased, and one exchange with the store
/// at a time serves everybody who waits.
/// </summary>
internal sealed class LeasedCounter(LimitSubject subject, LimitUnit unit, LimitWindow window, LeaseCounting counting)
    : ILimitCounter
{
    /// <summary>The longest that a call waits for the database.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // Between reading a ledger and replacing it another node may have been faster, and what came may be gone when a call gets to it.
    private const int Tries = 20;

    private readonly Lock _gate = new();
    private readonly string _id = LedgerId.Of(subject, unit, window);
    private readonly LeaseBook _book =
        window == LimitWindow.Minute ? new SlidingBook(counting.Time) : new PeriodBook(window, counting.Time);
    private Task<ExchangeOutcome>? _exchange;
    private Task<long>? _history;
    private bool _historyTold = window == LimitWindow.Minute;
    private long _need;
    private long _least = long.MaxValue;
    private long _limit;

    public ValueTask<LimitTake> TakeAsync(long amount, long limit, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _limit = limit;
            if (_book.TryTake(amount, limit) is { } take)
            {
                if (take.Granted && _exchange is null && _book.IsLow && counting.Store.IsReachable)
                    _ = Begin(tending: false);
                return ValueTask.FromResult(take);
            }
            if (!counting.Store.IsReachable)
                return ValueTask.FromResult(TakeAlone(amount, limit, ExchangeOutcome.Away));
        }
        return AskAsync(amount, limit, cancellationToken);
    }

    public void Settle(long stamp, long taken, long used)
    {
        lock (_gate)
            _book.Settle(stamp, taken, used);
    }

    /// <summary>Tells the store what is new and gives back what isn't needed; not when nothing is.</summary>
    /// <returns>False when there is nothing left to do until the next call.</returns>
    public async Task<bool> TendAsync()
    {
        Task exchange;
        lock (_gate)
        {
            if (!_book.IsBusy && _historyTold)
                return false;
            exchange = _exchange ?? Begin(tending: true);
        }
        await exchange;
        return true;
    }

    private async ValueTask<LimitTake> AskAsync(long amount, long limit, CancellationToken cancellationToken)
    {
        var outcome = ExchangeOutcome.Told;
        for (int i = 0; i < Tries && outcome == ExchangeOutcome.Told; i++)
        {
            Task<ExchangeOutcome> exchange;
            lock (_gate)
            {
                if (_book.TryTake(amount, limit) is { } take)
                    return take;
                _need += amount;
                _least = Math.Min(_least, amount);
                exchange = _exchange ?? Begin(tending: false);
            }
            outcome = await exchange.WaitAsync(cancellationToken);
        }
        lock (_gate)
            return _book.TryTake(amount, limit) ?? TakeAlone(amount, limit, outcome);
    }

    // Money fails closed. What else is limited goes on by this node's share, once it is clear that the store is away.
    private LimitTake TakeAlone(long amount, long limit, ExchangeOutcome why) =>
        unit != LimitUnit.Cost && (why == ExchangeOutcome.Unknown || counting.Nodes.GoesAlone)
            ? _book.TakeAlone(amount, limit, counting.Nodes.Count)
            : LimitTake.NotKnown;

    private Task<ExchangeOutcome> Begin(bool tending)
    {
        var ask = new LeaseAsk(_least == long.MaxValue ? 0 : _least, _need, _limit);
        _need = 0;
        _least = long.MaxValue;
        // On another thread: the lock is held here.
        _exchange = Task.Run(() => RunAsync(ask, tending));
        counting.Busy(this);
        return _exchange;
    }

    private async Task<ExchangeOutcome> RunAsync(LeaseAsk ask, bool tending)
    {
        try
        {
            for (int i = 0; i < Tries; i++)
            {
                if (await ExchangeAsync(ask, tending) is { } outcome)
                    return outcome;
            }
            return ExchangeOutcome.Away;
        }
        finally
        {
            lock (_gate)
                _exchange = null;
        }
    }

    /// <returns>Null when another node was faster.</returns>
    private async Task<ExchangeOutcome?> ExchangeAsync(LeaseAsk ask, bool tending)
    {
        long asked = counting.Time.GetTimestamp();
        SharedAnswer<LedgerRead> answer = await counting.Store.ReadAsync(
            _id,
            counting.Nodes.IsSurvivor,
            CancellationToken.None
        );
        if (answer is not { Reached: true, Value: { } read })
            return ExchangeOutcome.Away;
        counting.Nodes.Heard();
        Ledger? known = Ledger.Read(read);
        long? history = await HistoryAsync(wait: known is null);
        if (known is null && history is null && window != LimitWindow.Minute)
            return ExchangeOutcome.Unknown;
        Ledger ledger = known ?? new Ledger { Epoch = read.Epoch.Since };
        LeaseRequest request;
        lock (_gate)
            request = _book.Compose(read.Epoch, counting.Nodes.Own, ask, tending) with { History = history };
        LeaseReply reply = LedgerRules.Apply(ledger, window, read.Now, read.Epoch, request);
        SharedAnswer<bool> replaced = await counting.Store.ReplaceAsync(
            _id,
            read.State,
            ledger.Write(),
            LedgerId.LifetimeOf(window),
            CancellationToken.None
        );
        if (!replaced.Reached)
            return ExchangeOutcome.Away;
        if (!replaced.Value)
            return null;
        lock (_gate)
            _book.Apply(request, reply, asked);
        _historyTold |= history is not null;
        return reply.Settling ? ExchangeOutcome.Unknown : ExchangeOutcome.Told;
    }

    /// <summary>What the database says was used. Where nodes know already, nobody waits for it.</summary>
    /// <returns>Null when it isn't needed, or not known in time.</returns>
    private async ValueTask<long?> HistoryAsync(bool wait)
    {
        if (window == LimitWindow.Minute || (_historyTold && !wait))
            return null;
        _history ??= counting.History.UsedAsync(subject, unit, window, CancellationToken.None);
        Task<long> asked = _history;
        if (!wait && !asked.IsCompleted)
            return null;
        try
        {
            return await asked.WaitAsync(Patience, counting.Time);
        }
        catch (Exception failure) when (failure is LimitHistoryException or TimeoutException)
        {
            return null;
        }
        finally
        {
            if (asked.IsCompleted)
                _history = null;
        }
    }
}
