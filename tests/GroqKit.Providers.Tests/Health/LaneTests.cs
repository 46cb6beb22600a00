using GroqKit.Providers.Health;
using GroqKit.Providers.Tests.Played;
using GroqKit.Resilience;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Health;

[Requirement("PR-09", "PR-10")]
public sealed class LaneTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly PlayedProvider _provider = new("p", [Act.Text("x")]) { Keys = 2 };
    private readonly LaneBoard _board;

    public LaneTests() => _board = new LaneBoard(new LaneOptions(), _time);

    [Fact]
    public void A_refused_key_closes_its_own_lane_and_no_other()
    {
        Fail(Lane(0), ProviderFailure.Authentication);

        Lane(0).TryEnter(out _)!.Failure.ShouldBe(ProviderFailure.Authentication);
        Lane(1).TryEnter(out _).ShouldBeNull();
        Lane(0, "another-model").TryEnter(out _).ShouldBeNull();
    }

    [Fact]
    public void A_rate_limit_closes_for_as_long_as_it_says_and_not_the_circuit()
    {
        for (int i = 0; i < 20; i++)
            Fail(Lane(0), ProviderFailure.RateLimited, TimeSpan.FromSeconds(7));

        Lane(0).TryEnter(out _)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        Lane(0).Circuit.ShouldBe(CircuitState.Closed);
        _time.Advance(TimeSpan.FromSeconds(7));
        Lane(0).TryEnter(out _).ShouldBeNull();
    }

    [Fact]
    public void A_late_short_wait_does_not_shorten_a_longer_one()
    {
        Fail(Lane(0), ProviderFailure.RateLimited, TimeSpan.FromSeconds(60));
        Fail(Lane(0), ProviderFailure.RateLimited, TimeSpan.FromSeconds(1));

        Lane(0).TryEnter(out _)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Failures_in_a_row_open_the_circuit_and_the_callers_mistakes_do_not()
    {
        for (int i = 0; i < 20; i++)
            Fail(Lane(0), ProviderFailure.CallerMistake);
        Lane(0).TryEnter(out _).ShouldBeNull();
        Lane(0).FailuresInRow.ShouldBe(0);

        for (int i = 0; i < 5; i++)
            Fail(Lane(0), ProviderFailure.Server);
        Lane(0).TryEnter(out _)!.Reason.ShouldBe("circuit open");
    }

    [Fact]
    public void Calls_that_were_abandoned_count_for_nothing()
    {
        for (int i = 0; i < 20; i++)
        {
            Lane(0).TryEnter(out LaneEntry entry).ShouldBeNull();
            Lane(0).Abandon(entry);
        }

        Lane(0).Circuit.ShouldBe(CircuitState.Closed);
        Lane(0).HasSucceeded.ShouldBeFalse();
    }

    [Fact]
    public void What_is_nearly_used_up_is_told_apart()
    {
        Lane(0).Availability().ShouldBe(LaneAvailability.Open);
        _provider.Condition = new ProviderCondition(true)
        {
            Limits =
            [
                new(default, TimeSpan.FromMinutes(1), default, Limit: 100, Remaining: 4, TimeSpan.FromSeconds(9)),
            ],
        };
        _time.Advance(TimeSpan.FromSeconds(1));

        Lane(0).Availability().ShouldBe(LaneAvailability.NearlyUsedUp);
    }

    [Fact]
    public async Task A_closed_lane_is_probed_at_waits_that_double_and_comes_back_when_one_works()
    {
        int probes = 0;
        bool works = false;
        _provider.Probed = () =>
        {
            probes++;
            return new ProviderCheck(
                _provider.Connections[0],
                TimeSpan.Zero,
                works ? null : new ProviderException(ProviderFailure.Authentication, "still")
            );
        };
        var monitor = new HealthMonitor(_board, new HealthOptions(), _time);
        Fail(Lane(0), ProviderFailure.Authentication);
        await monitor.ProbeDueAsync(default);
        probes.ShouldBe(0);

        int[] probesAfterSeconds = new int[60];
        for (int second = 0; second < 60; second++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await monitor.ProbeDueAsync(default);
            probesAfterSeconds[second] = probes;
        }
        probesAfterSeconds[4].ShouldBe(1); // 5 s
        probesAfterSeconds[13].ShouldBe(1);
        probesAfterSeconds[14].ShouldBe(2); // + 10 s
        probesAfterSeconds[34].ShouldBe(3); // + 20 s
        probesAfterSeconds[59].ShouldBe(3);
        monitor.Report().Single().Status.ShouldBe(HealthStatus.Down);

        works = true;
        _time.Advance(TimeSpan.FromSeconds(40));
        await monitor.ProbeDueAsync(default);
        Lane(0).TryEnter(out _).ShouldBeNull();
        monitor.Report().Single().Status.ShouldNotBe(HealthStatus.Down);
    }

    [Fact]
    public async Task What_works_and_has_traffic_is_never_probed()
    {
        var monitor = new HealthMonitor(_board, new HealthOptions(), _time);
        Lane(0).TryEnter(out LaneEntry entry);
        Lane(0).Succeed(entry, TimeSpan.FromMilliseconds(80));
        _time.Advance(TimeSpan.FromHours(1));

        await monitor.ProbeDueAsync(default);

        LaneHealth health = monitor.Report().Single();
        health.Status.ShouldBe(HealthStatus.Healthy);
        health.Latency.FirstTokenMilliseconds!.P50.ShouldBe(80);
    }

    [Fact]
    public void Invented_models_do_not_fill_the_memory()
    {
        for (int i = 0; i < 11_000; i++)
            Lane(0, $"invented-{i}");

        _board.All.Count.ShouldBe(10_000);
    }

    private Lane Lane(int connection, string model = "m") =>
        _board.Of(_provider, ProviderService.Llm, model, _provider.Connections[connection]);

    private static void Fail(Lane lane, ProviderFailure failure, TimeSpan? retryAfter = null)
    {
        lane.TryEnter(out LaneEntry entry);
        lane.Fail(
            entry,
            new ProviderException(failure, "played", new ProviderFailureDetails { RetryAfter = retryAfter })
        );
    }
}
