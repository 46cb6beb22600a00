using System.Collections.Concurrent;

namespace GroqKit.Gateway.Services.Limits.Leases;

/// <summary>
/// Counters that nodes share. Once a second every counter in use tells the store what is new; at the end all leases are given back.
/// </summary>
internal sealed partial class LeasedCounters : BackgroundService, ILimitCounters
{
    private const int AtOnce = 8;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrimEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LastRound = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<LeasedCounter, bool> _busy = new();
    private readonly LeaseCounting _counting;
    private readonly ILogger<LeasedCounters> _logger;

    public LeasedCounters(
        ILedgerStore store,
        ILimitHistory history,
        NodeRoster nodes,
        TimeProvider time,
        ILogger<LeasedCounters> logger
    )
    {
        _counting = new LeaseCounting(store, history, nodes, time, counter => _busy.TryAdd(counter, true));
        _logger = logger;
    }

    public ILimitCounter Create(LimitSubject subject, LimitUnit unit, LimitWindow window) =>
        new LeasedCounter(subject, unit, window, _counting);

    /// <summary>Tells the store once what is new of every counter in use.</summary>
    public Task TendAsync() =>
        Parallel.ForEachAsync(
            _busy.Keys,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (counter, _) =>
            {
                // Out before it is asked: a call that makes it busy again puts it back.
                _busy.TryRemove(counter, out bool _);
                if (await counter.TendAsync())
                    _busy.TryAdd(counter, true);
            }
        );

    /// <summary>Makes this node known before it takes calls.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await _counting.Nodes.ReportAsync(_counting.Store, leaving: false, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            // The first round tells what was used last, the second finds nothing in use and gives all back.
            await TendAsync().WaitAsync(LastRound, _counting.Time, cancellationToken);
            await TendAsync().WaitAsync(LastRound, _counting.Time, cancellationToken);
            await _counting
                .Nodes.ReportAsync(_counting.Store, leaving: true, cancellationToken)
                .WaitAsync(LastRound, _counting.Time, cancellationToken);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            // What isn't given back expires.
            NotGivenBack();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long trimmed = _counting.Time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (_counting.Store.IsReachable)
                {
                    await _counting.Nodes.ReportAsync(_counting.Store, leaving: false, stoppingToken);
                    await TendAsync();
                }
                if (_counting.Time.GetElapsedTime(trimmed) >= TrimEvery)
                {
                    trimmed = _counting.Time.GetTimestamp();
                    await _counting.Store.TrimAsync(stoppingToken);
                }
            }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested)
            {
                Failed(failure);
            }
            await Task.Delay(Interval, _counting.Time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    [LoggerMessage(1, LogLevel.Error, "Limits could not be settled with the other nodes this time")]
    private partial void Failed(Exception failure);

    [LoggerMessage(2, LogLevel.Warning, "Leased permits could not be given back in time; they expire by themselves")]
    private partial void NotGivenBack();
}
