using GroqKit.Gateway.Services.Sharing;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// Counts together with other nodes: a book decides without asking as long as there is something leased, and one exchange with the store
/// at a time serves everybody who waits. Nobody waits longer than <see cref="Patience"/>.
/// </summary>
internal sealed class LeasedCounter(LimitSubject subject, LimitUnit unit, LimitWindow window, LeaseCounting counting)
    : ILimitCounter
{
    /// <summary>The longest that a call waits for permits.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(50);

    // Between reading a ledger and replacing it another node may have been faster; more often than this is a fault.
    private const int Tries = 20;

    private readonly Lock _gate = new();
    private readonly string _id = LedgerId.Of(subject, unit, window);
    private readonly LeaseBook _book =
        window == LimitWindow.Minute ? new SlidingBook(counting.Time) : new PeriodBook(window, counting.Time);
    private Task<bool>? _exchange;
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
                    Begin(tending: false);
                return ValueTask.FromResult(take);
            }
            if (!counting.Store.IsReachable)
                return ValueTask.FromResult(TakeAlone(amount, limit));
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
        Task<bool> exchange;
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
        long began = counting.Time.GetTimestamp();
        while (true)
        {
            Task<bool> exchange;
            lock (_gate)
            {
                if (_book.TryTake(amount, limit) is { } take)
                    return take;
                _need += amount;
                _least = Math.Min(_least, amount);
                exchange = _exchange ?? Begin(tending: false);
            }
            TimeSpan left = Patience - counting.Time.GetElapsedTime(began);
            bool told = left > TimeSpan.Zero && await ToldAsync(exchange, left, cancellationToken);
            if (told)
                continue;
            lock (_gate)
                return _book.TryTake(amount, limit) ?? TakeAlone(amount, limit);
        }
    }

    private async ValueTask<bool> ToldAsync(Task<bool> exchange, TimeSpan left, CancellationToken cancellationToken)
    {
        try
        {
            return await exchange.WaitAsync(left, counting.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    // Money fails closed; what else is limited goes on by this node's share.
    private LimitTake TakeAlone(long amount, long limit) =>
        unit == LimitUnit.Cost
            ? new LimitTake(false, 0, 0, TimeSpan.FromSeconds(1), Unavailable: true)
            : _book.TakeAlone(amount, limit, counting.Nodes.Count);

    private Task<bool> Begin(bool tending)
    {
        var ask = new LeaseAsk(_least == long.MaxValue ? 0 : _least, _need, _limit);
        _need = 0;
        _least = long.MaxValue;
        // On another thread: the lock is held here.
        _exchange = Task.Run(() => RunAsync(ask, tending));
        counting.Busy(this);
        return _exchange;
    }

    private async Task<bool> RunAsync(LeaseAsk ask, bool tending)
    {
        try
        {
            return await ExchangeAsync(ask, tending);
        }
        catch (LimitHistoryException)
        {
            return false;
        }
        finally
        {
            lock (_gate)
                _exchange = null;
        }
    }

    /// <returns>False when nothing was learned.</returns>
    private async Task<bool> ExchangeAsync(LeaseAsk ask, bool tending)
    {
        for (int i = 0; i < Tries; i++)
        {
            long asked = counting.Time.GetTimestamp();
            SharedAnswer<LedgerRead> answer = await counting.Store.ReadAsync(
                _id,
                counting.Nodes.IsSurvivor,
                CancellationToken.None
            );
            if (answer is not { Reached: true, Value: { } read })
                return false;
            counting.Nodes.IsSurvivor = true;
            Ledger? known = Ledger.Read(read);
            long? history = await HistoryAsync(needed: known is null);
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
                return false;
            if (!replaced.Value)
                continue;
            lock (_gate)
                _book.Apply(request, reply, asked);
            _historyTold |= history is not null;
            return !reply.Settling;
        }
        return false;
    }

    /// <summary>What the database says was used. Where nodes know already, nobody waits for it.</summary>
    private async ValueTask<long?> HistoryAsync(bool needed)
    {
        if (window == LimitWindow.Minute || (_historyTold && !needed))
            return null;
        _history ??= counting.History.UsedAsync(subject, unit, window, CancellationToken.None);
        if (!needed && !_history.IsCompleted)
            return null;
        try
        {
            return await _history;
        }
        catch (LimitHistoryException) when (!needed)
        {
            return null;
        }
        finally
        {
            _history = null;
        }
    }
}
