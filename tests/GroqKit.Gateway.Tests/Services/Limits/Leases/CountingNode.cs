using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Limits.Leases;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Services.Limits.Leases;

/// <summary>One node that counts one thing, and is tended only when the test says so.</summary>
internal sealed class CountingNode : IDisposable
{
    private static readonly LimitSubject Subject = new(LimitScope.Key, "", "key_1");

    private readonly LeasedCounters _counters;
    private readonly ILimitCounter _counter;
    private readonly NodeRoster _roster;
    private readonly ILedgerStore _store;

    public CountingNode(
        ILedgerStore store,
        TimeProvider time,
        LimitUnit unit = LimitUnit.Requests,
        LimitWindow window = LimitWindow.Minute,
        ILimitHistory? history = null
    )
    {
        _store = store;
        _roster = new NodeRoster(time);
        _counters = new LeasedCounters(
            store,
            history ?? new GivenHistory(),
            _roster,
            time,
            NullLogger<LeasedCounters>.Instance
        );
        _counter = _counters.Create(Subject, unit, window);
    }

    public async Task<LimitTake> TakeAsync(long amount, long limit) =>
        await _counter.TakeAsync(amount, limit, TestContext.Current.CancellationToken);

    public void Settle(LimitTake take, long taken, long used) => _counter.Settle(take.Stamp, taken, used);

    /// <summary>What happens once a second.</summary>
    public async Task TendAsync()
    {
        await _roster.ReportAsync(_store, leaving: false, TestContext.Current.CancellationToken);
        await _counters.TendAsync();
    }

    public void Dispose() => _counters.Dispose();
}
