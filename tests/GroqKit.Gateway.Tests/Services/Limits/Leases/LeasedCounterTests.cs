using FsCheck;
using FsCheck.Fluent;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Limits.Leases;

namespace GroqKit.Gateway.Tests.Services.Limits.Leases;

[Requirement("GW-20", "GW-14")]
public sealed class LeasedCounterTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryLedgerStore _store;

    public LeasedCounterTests() => _store = new MemoryLedgerStore(_time);

    private enum Step
    {
        Take,
        Settle,
        Tend,
        Kill,
        LoseQuestions,
        LoseAnswers,
        Answer,
    }

    [Fact]
    public void No_minute_sees_more_than_the_limit_whatever_nodes_and_answers_get_lost()
    {
        const int Limit = 20;
        Gen<(Step Step, int Node, int Pause, int Amount)[]> steps = Gen.Frequency(
                (12, Gen.Constant(Step.Take)),
                (3, Gen.Constant(Step.Settle)),
                (6, Gen.Constant(Step.Tend)),
                (1, Gen.Constant(Step.Kill)),
                (1, Gen.Constant(Step.LoseQuestions)),
                (1, Gen.Constant(Step.LoseAnswers)),
                (3, Gen.Constant(Step.Answer))
            )
            .SelectMany(step =>
                Gen.Choose(0, 2)
                    .SelectMany(node =>
                        Gen.Choose(0, 2500)
                            .SelectMany(pause => Gen.Choose(1, 5).Select(amount => (step, node, pause, amount)))
                    )
            )
            .ArrayOf(150);
        Prop.ForAll(steps.ToArbitrary(), calls => HoldsAsync(calls, Limit).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure);
    }

    [Fact]
    public async Task A_small_limit_can_be_used_up_by_any_node()
    {
        using CountingNode one = Node();
        using CountingNode two = Node();

        (await TakenAsync(one, 60, 100)).ShouldBe(60);
        await TendAsync(2, one, two);
        (await TakenAsync(two, 60, 100)).ShouldBe(40);

        LimitTake refused = await one.TakeAsync(1, 100);
        refused.Granted.ShouldBeFalse();
        refused.Remaining.ShouldBe(0);
        refused.RetryAfter.ShouldNotBeNull().ShouldBeInRange(TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(61));
        _time.Advance(TimeSpan.FromSeconds(63));
        (await TakenAsync(one, 100, 100)).ShouldBe(100);
    }

    [Fact]
    public async Task Many_calls_are_decided_with_few_questions()
    {
        using CountingNode node = Node();

        (await TakenAsync(node, 10_000, 1_000_000)).ShouldBe(10_000);

        _store.Asked.ShouldBeLessThan(150);
    }

    [Fact]
    public async Task A_flood_of_refused_calls_is_no_flood_of_questions()
    {
        using CountingNode node = Node();
        (await TakenAsync(node, 10, 10)).ShouldBe(10);
        int before = _store.Asked;

        (await TakenAsync(node, 1_000, 10)).ShouldBe(0);

        (_store.Asked - before).ShouldBeLessThan(5);
    }

    [Fact]
    public async Task Calls_at_once_on_three_nodes_get_no_more_than_there_is()
    {
        using CountingNode one = Node(LimitUnit.Cost, LimitWindow.Month);
        using CountingNode two = Node(LimitUnit.Cost, LimitWindow.Month);
        using CountingNode three = Node(LimitUnit.Cost, LimitWindow.Month);
        CountingNode[] nodes = [one, two, three];

        LimitTake[] takes = await Task.WhenAll(
            Enumerable.Range(0, 500).Select(i => Task.Run(() => nodes[i % 3].TakeAsync(7, 1000)))
        );

        takes.Count(take => take.Granted).ShouldBeInRange(130, 142);
    }

    [Fact]
    public async Task What_a_killed_node_held_is_free_again_when_its_lease_is_over()
    {
        using CountingNode killed = Node();
        (await TakenAsync(killed, 30, 1000)).ShouldBe(30);
        using CountingNode other = Node();
        long left = (await other.TakeAsync(1001, 1000)).Remaining;
        left.ShouldBeLessThan(970);

        _time.Advance(Lease.Lifetime + TimeSpan.FromSeconds(61));

        (await other.TakeAsync(1000, 1000)).Granted.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_a_call_did_not_need_is_there_for_other_nodes(bool minute)
    {
        LimitWindow window = minute ? LimitWindow.Minute : LimitWindow.Day;
        using CountingNode one = Node(LimitUnit.Tokens, window);
        using CountingNode two = Node(LimitUnit.Tokens, window);
        LimitTake first = await one.TakeAsync(900, 1000);
        LimitTake second = await one.TakeAsync(90, 1000);
        await TendAsync(1, one);
        (await two.TakeAsync(100, 1000)).Granted.ShouldBeFalse();

        // One is settled after it was told to the store, the other as a call that used more than it took.
        one.Settle(first, 900, 100);
        one.Settle(second, 90, 200);
        await TendAsync(3, one);

        (await two.TakeAsync(701, 1000)).Granted.ShouldBeFalse();
        _time.Advance(Second);
        (await two.TakeAsync(700, 1000)).Granted.ShouldBeTrue();
    }

    [Fact]
    public async Task Clocks_of_nodes_do_not_matter()
    {
        _store.Ahead = TimeSpan.FromMinutes(2);
        using CountingNode one = Node();
        (await TakenAsync(one, 10, 10)).ShouldBe(10);
        _time.Advance(TimeSpan.FromSeconds(30));
        using CountingNode two = Node();

        (await two.TakeAsync(1, 10)).Granted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(40));
        (await two.TakeAsync(1, 10)).Granted.ShouldBeTrue();
    }

    [Fact]
    public async Task Days_begin_with_what_the_database_says()
    {
        var history = new GivenHistory { Used = 95 };
        using CountingNode one = Node(LimitUnit.Requests, LimitWindow.Day, history);

        (await TakenAsync(one, 10, 100)).ShouldBe(5);
    }

    [Fact]
    public async Task Without_a_database_money_is_refused_and_other_calls_pass()
    {
        var away = new GivenHistory { Fails = true };
        using CountingNode money = Node(LimitUnit.Cost, LimitWindow.Day, away);
        using CountingNode requests = Node(LimitUnit.Requests, LimitWindow.Day, away);

        (await money.TakeAsync(1, 100)).Unavailable.ShouldBeTrue();
        (await requests.TakeAsync(1, 100)).Granted.ShouldBeTrue();
        away.Fails = false;
        (await money.TakeAsync(1, 100)).Granted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_database_that_stands_still_holds_a_call_up_for_a_moment_only()
    {
        var still = new GivenHistory { StandsStill = true };
        using CountingNode node = Node(LimitUnit.Cost, LimitWindow.Day, still);
        Task<LimitTake> waiting = node.TakeAsync(1, 100);
        await _time.WhenArmedAsync();

        _time.Advance(LeasedCounter.Patience);

        (await waiting).Unavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task A_moments_trouble_is_no_reason_to_count_alone()
    {
        using CountingNode node = Node();
        using CountingNode other = Node();
        await TendAsync(2, node, other);
        (await node.TakeAsync(1, 100)).Granted.ShouldBeTrue();
        (await node.TakeAsync(20, 100)).Granted.ShouldBeTrue();
        _store.IsReachable = false;

        (await node.TakeAsync(25, 100)).Unavailable.ShouldBeTrue();
        _time.Advance(2 * Second);
        (await node.TakeAsync(25, 100)).Granted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_lone_node_counts_alone_at_once_and_tells_the_store_when_it_is_back()
    {
        using CountingNode node = Node();
        await TendAsync(1, node);
        (await TakenAsync(node, 60, 100)).ShouldBe(60);

        _store.IsReachable = false;
        (await TakenAsync(node, 60, 100)).ShouldBe(40);

        _store.IsReachable = true;
        await TendAsync(2, node);
        using CountingNode other = Node();
        (await other.TakeAsync(1, 100)).Granted.ShouldBeFalse();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_has_not_counted_the_others_does_not_take_itself_for_the_only_one(bool hasAsked)
    {
        using CountingNode node = Node();
        if (hasAsked)
            (await node.TakeAsync(1, 100)).Granted.ShouldBeTrue();
        _store.IsReachable = false;

        (await node.TakeAsync(50, 100)).Unavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task Money_of_a_lone_node_is_refused_while_the_store_is_away()
    {
        using CountingNode node = Node(LimitUnit.Cost, LimitWindow.Day);
        await TendAsync(1, node);
        _store.IsReachable = false;

        (await node.TakeAsync(1, 100)).Unavailable.ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_store_a_node_keeps_to_its_share()
    {
        using CountingNode one = Node();
        using CountingNode two = Node();
        await TendAsync(1, one, two);
        await TendAsync(1, one, two);
        (await TakenAsync(one, 1, 100)).ShouldBe(1);
        (await TakenAsync(two, 1, 100)).ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(2));

        _store.IsReachable = false;

        (await TakenAsync(one, 100, 100)).ShouldBe(50);
        (await TakenAsync(two, 100, 100)).ShouldBe(50);
        _store.IsReachable = true;
        await TendAsync(1, one, two);
        (await one.TakeAsync(1, 100)).Granted.ShouldBeFalse();
    }

    [Fact]
    public async Task What_others_had_used_when_the_store_went_away_is_not_used_again()
    {
        using CountingNode one = Node();
        using CountingNode two = Node();
        await TendAsync(1, one, two);
        await TendAsync(1, one, two);
        (await TakenAsync(one, 80, 100)).ShouldBe(80);
        await TendAsync(2, one);
        (await two.TakeAsync(1, 100)).Granted.ShouldBeTrue();
        await TendAsync(2, two);

        _store.IsReachable = false;
        _time.Advance(2 * Second);

        (await TakenAsync(one, 100, 100) + await TakenAsync(two, 100, 100)).ShouldBeInRange(1, 20);
    }

    [Fact]
    public async Task A_store_that_lost_everything_is_told_again_before_anything_is_granted()
    {
        using CountingNode one = Node();
        using CountingNode two = Node();
        await TendAsync(1, one, two);
        (await TakenAsync(one, 70, 100)).ShouldBe(70);
        await TendAsync(1, one, two);

        _store.Forget();
        await TendAsync(4, one, two);

        (await TakenAsync(two, 100, 100)).ShouldBe(30);
    }

    private CountingNode Node(
        LimitUnit unit = LimitUnit.Requests,
        LimitWindow window = LimitWindow.Minute,
        ILimitHistory? history = null
    ) => new(_store, _time, unit, window, history);

    private async Task TendAsync(int seconds, params CountingNode[] nodes)
    {
        for (int i = 0; i < seconds; i++)
        {
            foreach (CountingNode node in nodes)
                await node.TendAsync();
            _time.Advance(Second);
        }
    }

    private static async Task<int> TakenAsync(CountingNode node, int tries, long limit)
    {
        int taken = 0;
        for (int i = 0; i < tries; i++)
            taken += (await node.TakeAsync(1, limit)).Granted ? 1 : 0;
        return taken;
    }

    // Of money, which is never granted without the store.
    private static async Task<bool> HoldsAsync((Step Step, int Node, int Pause, int Amount)[] calls, long limit)
    {
        var time = new ManualTimeProvider();
        var store = new MemoryLedgerStore(time);
        CountingNode[] nodes = [.. Enumerable.Range(0, 3).Select(_ => New())];
        var granted = new List<(DateTimeOffset At, int Node, LimitTake Take, long Taken, long Used)>();
        foreach ((Step step, int node, int pause, int amount) in calls)
        {
            time.Advance(TimeSpan.FromMilliseconds(pause));
            switch (step)
            {
                case Step.Take:
                    LimitTake take = await nodes[node].TakeAsync(amount, limit);
                    if (take.Granted)
                        granted.Add((time.GetUtcNow(), node, take, amount, amount));
                    break;
                case Step.Settle:
                    int last = granted.FindLastIndex(call => call.Node == node && call.Used == call.Taken);
                    if (last < 0 || granted[last].Taken < 2)
                        break;
                    nodes[node].Settle(granted[last].Take, granted[last].Taken, 1);
                    granted[last] = granted[last] with { Used = 1 };
                    break;
                case Step.Tend:
                    await nodes[node].TendAsync();
                    break;
                case Step.Kill:
                    nodes[node].Dispose();
                    nodes[node] = New();
                    // Nobody is left who could settle them.
                    for (int i = 0; i < granted.Count; i++)
                        granted[i] = granted[i].Node == node ? granted[i] with { Node = -1 } : granted[i];
                    break;
                default:
                    store.LosesQuestions = step == Step.LoseQuestions;
                    store.LosesAnswers = step == Step.LoseAnswers;
                    break;
            }
        }
        foreach (CountingNode node in nodes)
            node.Dispose();
        return granted.TrueForAll(first =>
            granted.Where(call => call.At >= first.At && call.At < first.At.AddSeconds(60)).Sum(call => call.Used)
            <= limit
        );

        CountingNode New() => new(store, time, LimitUnit.Cost);
    }
}
