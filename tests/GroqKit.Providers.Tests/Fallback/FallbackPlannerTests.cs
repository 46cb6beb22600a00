using GroqKit.Providers.Fallback;
using GroqKit.Providers.Health;
using GroqKit.Providers.Steering;
using GroqKit.Providers.Tests.Played;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09", "PR-14")]
public sealed class FallbackPlannerTests
{
    private static readonly Act[] Works = [Act.Text("well"), new Act.Finish("stop")];

    private readonly ManualTimeProvider _time = new();
    private readonly LaneOptions _options = new();
    private readonly LaneBoard _board;
    private double _draw = 0.5;

    public FallbackPlannerTests() => _board = new LaneBoard(_options, _time);

    [Fact]
    public void The_nearest_of_several_addresses_is_asked_first()
    {
        PlayedProvider provider = WithThree();
        Measure(provider, 0, 200);
        Measure(provider, 1, 40);
        Measure(provider, 2, 90);

        List<FallbackCandidate> plan = Plan(provider);

        Keys(plan).ShouldBe(["k2", "k3", "k1"]);
        plan[1].Choice.ShouldBe("farther address");
    }

    [Fact]
    public void When_the_nearest_dies_the_next_nearest_is_asked_and_the_dead_one_comes_back_when_it_lives()
    {
        PlayedProvider provider = WithThree();
        Measure(provider, 0, 200);
        Measure(provider, 1, 40);
        Measure(provider, 2, 90);
        for (int i = 0; i < 5; i++)
            Fail(provider, 1);

        Keys(Plan(provider)).ShouldBe(["k3", "k1", "k2"]);

        LaneOf(provider, 1).Recover();
        Keys(Plan(provider))[0].ShouldBe("k2");
    }

    [Fact]
    public void A_far_address_that_was_not_used_for_long_is_measured_anew()
    {
        PlayedProvider provider = WithThree();
        Measure(provider, 0, 200);
        _time.Advance(_options.RemeasureAfter - TimeSpan.FromSeconds(1));
        Measure(provider, 1, 40);
        Measure(provider, 2, 90);
        Keys(Plan(provider))[0].ShouldBe("k2");

        _time.Advance(TimeSpan.FromSeconds(2));

        FallbackCandidate stale = Plan(provider).Single(one => one.Lane.Connection.KeyName == "k1");
        stale.Choice.ShouldBe("measured anew");
    }

    [Fact]
    public void What_is_nearly_used_up_is_asked_after_those_that_are_not()
    {
        PlayedProvider first = new("first", Works);
        PlayedProvider second = new("second", Works);
        first.Condition = new ProviderCondition(true)
        {
            Limits =
            [
                new(default, TimeSpan.FromMinutes(1), default, Limit: 100, Remaining: 4, TimeSpan.FromSeconds(9)),
            ],
        };

        List<FallbackCandidate> plan = Plan(first, second);

        plan.Select(one => one.Target.Provider.Name).ShouldBe(["second", "first"]);
        plan[1].Choice.ShouldBe("nearly used up");
    }

    [Fact]
    public void Keys_are_drawn_and_the_chains_order_stands()
    {
        PlayedProvider first = WithThree();
        PlayedProvider second = new("second", Works);
        var seen = new HashSet<string>();
        var random = new Random(3);

        for (int i = 0; i < 100; i++)
        {
            _draw = random.NextDouble();
            List<FallbackCandidate> plan = Plan(random.NextDouble, first, second);
            plan[^1].Target.Provider.ShouldBeSameAs(second);
            seen.Add(plan[0].Lane.Connection.KeyName);
        }

        seen.Count.ShouldBe(3);
    }

    private static PlayedProvider WithThree() => new("p", Works) { Keys = 3 };

    private static string[] Keys(List<FallbackCandidate> plan) => [.. plan.Select(one => one.Lane.Connection.KeyName)];

    private List<FallbackCandidate> Plan(params PlayedProvider[] providers) => Plan(() => _draw, providers);

    private List<FallbackCandidate> Plan(Func<double> randomness, params PlayedProvider[] providers)
    {
        // The planner looks at what a lane learnt at most four times a second.
        _time.Advance(TimeSpan.FromMilliseconds(300));
        var planner = new FallbackPlanner(new ProviderControls(), _options, randomness);
        FallbackTarget[] targets = [.. providers.Select(provider => new FallbackTarget(provider, "m"))];
        CandidateQueue queue = planner.Plan(new FallbackChain(_board, ProviderService.Llm, targets), null);
        var plan = new List<FallbackCandidate>();
        while (queue.TryNext(out FallbackCandidate candidate))
            plan.Add(candidate);
        return plan;
    }

    private Lane LaneOf(PlayedProvider provider, int connection) =>
        _board.Of(provider, ProviderService.Llm, "m", provider.Connections[connection]);

    private void Measure(PlayedProvider provider, int connection, double milliseconds)
    {
        Lane lane = LaneOf(provider, connection);
        lane.TryEnter(out LaneEntry entry);
        lane.Succeed(entry, TimeSpan.FromMilliseconds(milliseconds));
    }

    private void Fail(PlayedProvider provider, int connection)
    {
        Lane lane = LaneOf(provider, connection);
        lane.TryEnter(out LaneEntry entry);
        lane.Fail(entry, new ProviderException(ProviderFailure.Refused, "gone"));
    }
}
