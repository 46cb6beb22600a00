using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Limits.Leases;

namespace GroqKit.Gateway.Tests.Services.Limits.Leases;

[Requirement("GW-20")]
public sealed class LedgerRulesTests
{
    private const long Begin = 1_000_000;
    private const long Limit = 100;

    private static readonly long AfterLease = Begin + (long)Lease.Lifetime.TotalMilliseconds + 1000;

    private readonly Ledger _ledger = new();

    [Fact]
    public void A_correction_whose_answer_was_lost_is_heard_once_though_the_lease_is_over()
    {
        LeaseReply first = Hear(Begin, new LeaseReport(1, Used: 10, Covered: 0, []));
        LeaseReport correction = new(2, Used: 0, Covered: 0, [KeyValuePair.Create(first.Slot, -6L)]);
        Hear(Begin + 100, correction);
        _ledger.Used.ShouldBe(4);

        Hear(AfterLease, correction);

        _ledger.Used.ShouldBe(4);
    }

    [Fact]
    public void A_use_whose_answer_was_lost_is_heard_once_though_the_lease_is_over()
    {
        LeaseReport use = new(1, Used: 10, Covered: 0, []);
        Hear(Begin, use);

        Hear(AfterLease, use);

        _ledger.Used.ShouldBe(10);
    }

    [Fact]
    public void A_node_is_forgotten_once_there_is_no_slot_left_that_it_could_correct()
    {
        Hear(Begin, new LeaseReport(1, Used: 10, Covered: 0, []));

        Hear(AfterLease + LedgerRules.Seconds * 1000, new LeaseReport(1, Used: 3, Covered: 0, []), node: "another");

        _ledger.Used.ShouldBe(3);
        _ledger.Leases.ShouldHaveSingleItem().Node.ShouldBe("another");
    }

    // Nothing is kept in advance, so that what is used is all that counts.
    private LeaseReply Hear(long now, LeaseReport report, string node = "node") =>
        LedgerRules.Apply(
            _ledger,
            LimitWindow.Minute,
            now,
            new StoreEpoch(Begin, AfterLoss: false),
            new LeaseRequest(node, report, Keep: 0, Least: 0, Need: 0, Extra: 0, Limit)
        );
}
