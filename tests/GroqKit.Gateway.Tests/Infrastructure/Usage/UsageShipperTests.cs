using GroqKit.Gateway.Infrastructure.Usage;
using GroqKit.Gateway.Services.Usage;
using Microsoft.Extensions.Logging.Abstractions;

namespace GroqKit.Gateway.Tests.Infrastructure.Usage;

[Requirement("GW-06")]
public sealed class UsageShipperTests : IDisposable
{
    private readonly TempDirectory _folder = new();
    private readonly UsageJournal _journal;
    private readonly Store _store = new();
    private readonly UsageShipper _shipper;

    public UsageShipperTests()
    {
        _journal = new UsageJournal(
            new JournalOptions(_folder.FullPath, 1024 * 1024, 1024 * 1024 * 16),
            NullLogger<UsageJournal>.Instance
        );
        _shipper = new UsageShipper(_journal, _store, new ManualTimeProvider(), NullLogger<UsageShipper>.Instance);
    }

    [Fact]
    public async Task Accounts_reach_the_store_in_order_and_once()
    {
        Write(0, UsageShipper.BatchSize + 20);

        (await ShipAsync()).ShouldBe(UsageShipper.BatchSize);
        (await ShipAsync()).ShouldBe(20);
        (await ShipAsync()).ShouldBe(0);

        _store.Ids.ShouldBe(Enumerable.Range(0, UsageShipper.BatchSize + 20).Select(i => $"req_{i}"));
    }

    [Fact]
    public async Task A_store_that_fails_gets_the_same_accounts_again()
    {
        Write(0, 3);
        _store.Fails = true;

        (await ShipAsync()).ShouldBe(0);
        _shipper.IsShipping.ShouldBeFalse();
        Write(3, 5);
        (await ShipAsync()).ShouldBe(0);
        _store.Fails = false;
        (await ShipAsync()).ShouldBeGreaterThan(0);

        _shipper.IsShipping.ShouldBeTrue();
        _store.Ids.ShouldBe(["req_0", "req_1", "req_2", "req_3", "req_4"]);
    }

    [Fact]
    public async Task What_is_left_when_the_gateway_stops_is_shipped_at_once()
    {
        Write(0, 2 * UsageShipper.BatchSize);

        await _shipper.StoppedAsync(TestContext.Current.CancellationToken);

        _store.Ids.Count.ShouldBe(2 * UsageShipper.BatchSize);
    }

    [Fact]
    public async Task A_dead_store_does_not_keep_the_gateway_from_stopping()
    {
        Write(0, 1);
        _store.Fails = true;

        await _shipper.StoppedAsync(TestContext.Current.CancellationToken);

        _store.Ids.ShouldBeEmpty();
    }

    public void Dispose()
    {
        _shipper.Dispose();
        _journal.Dispose();
        _folder.Dispose();
    }

    private Task<int> ShipAsync() => _shipper.ShipAsync(TestContext.Current.CancellationToken);

    private void Write(int from, int to)
    {
        for (int i = from; i < to; i++)
            _journal.Record(Records.Full($"req_{i}"));
    }

    private sealed class Store : IUsageStore
    {
        public bool Fails { get; set; }

        public List<string> Ids { get; } = [];

        public Task SaveAsync(IReadOnlyList<UsageRecord> records, CancellationToken cancellationToken)
        {
            if (Fails)
                throw new IOException("The store is away.");
            Ids.AddRange(records.Select(record => record.RequestId));
            return Task.CompletedTask;
        }
    }
}
