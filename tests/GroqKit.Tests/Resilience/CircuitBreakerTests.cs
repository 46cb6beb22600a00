using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-20")]
public sealed class CircuitBreakerTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly CircuitBreaker _breaker;

    public CircuitBreakerTests() => _breaker = new CircuitBreaker(new CircuitBreakerOptions(), _time);

    [Fact]
    public void It_opens_after_five_failures_in_a_row()
    {
        for (int i = 1; i <= 4; i++)
        {
            Call(CircuitOutcome.Failure);
            _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.Closed, i, 0, null));
        }

        Call(CircuitOutcome.Failure);

        _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.Open, 0, 0, TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void A_success_in_between_begins_the_count_anew()
    {
        for (int i = 0; i < 20; i++)
            Call(i % 5 == 4 ? CircuitOutcome.Success : CircuitOutcome.Failure);

        _breaker.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void Cancelled_and_rate_limited_calls_change_nothing()
    {
        Fail(4);
        for (int i = 0; i < 100; i++)
            Call(CircuitOutcome.Neutral);
        _breaker.Status.ConsecutiveFailures.ShouldBe(4);

        Call(CircuitOutcome.Failure);

        _breaker.State.ShouldBe(CircuitState.Open);
    }

    [Fact]
    public void While_open_calls_are_refused_with_the_time_that_is_left()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(12));

        _breaker.TryEnter(out _, out TimeSpan? retryAfter).ShouldBeFalse();

        retryAfter.ShouldBe(TimeSpan.FromSeconds(18));
    }

    [Fact]
    public void After_thirty_seconds_one_call_passes_and_three_successes_close_it()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));

        for (int trial = 0; trial < 3; trial++)
        {
            _breaker.TryEnter(out CircuitPermit permit, out _).ShouldBeTrue();
            _breaker.State.ShouldBe(CircuitState.HalfOpen);
            _breaker.TryEnter(out _, out TimeSpan? retryAfter).ShouldBeFalse();
            retryAfter.ShouldBeNull();
            _breaker.Report(permit, CircuitOutcome.Success);
        }

        _breaker.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void A_trial_that_fails_opens_it_for_the_whole_time_again()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        Call(CircuitOutcome.Success);
        Call(CircuitOutcome.Success);

        Call(CircuitOutcome.Failure);

        _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.Open, 0, 0, TimeSpan.FromSeconds(30)));
        _time.Advance(TimeSpan.FromSeconds(30));
        Call(CircuitOutcome.Success);
        _breaker.Status.TrialSuccesses.ShouldBe(1);
    }

    [Fact]
    public void A_trial_that_says_nothing_makes_room_for_the_next()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));

        Call(CircuitOutcome.Neutral);

        _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.HalfOpen, 0, 0, null));
        _breaker.TryEnter(out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_trial_that_never_ends_is_released()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));
        _breaker.TryEnter(out CircuitPermit hanging, out _).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(59.9));
        _breaker.TryEnter(out _, out _).ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(0.1));

        _breaker.TryEnter(out CircuitPermit next, out _).ShouldBeTrue();
        _breaker.TryEnter(out _, out _).ShouldBeFalse("the next trial has a lease of its own");
        _breaker.Report(hanging, CircuitOutcome.Neutral);
        _breaker.TryEnter(out _, out _).ShouldBeFalse("the late end of the first trial does not end the second");
        _breaker.Report(next, CircuitOutcome.Success);
        _breaker.Status.TrialSuccesses.ShouldBe(1);
    }

    [Fact]
    public void Late_failures_of_calls_begun_before_it_opened_neither_count_nor_lengthen_the_wait()
    {
        CircuitPermit[] begun = [.. Enumerable.Range(0, 200).Select(_ => Enter())];
        foreach (CircuitPermit permit in begun.Take(5))
            _breaker.Report(permit, CircuitOutcome.Failure);
        _time.Advance(TimeSpan.FromSeconds(20));

        foreach (CircuitPermit permit in begun.Skip(5).Take(100))
            _breaker.Report(permit, CircuitOutcome.Failure);

        _breaker.Status.RetryAfter.ShouldBe(TimeSpan.FromSeconds(10));
        _time.Advance(TimeSpan.FromSeconds(10));
        CircuitPermit trial = Enter();
        foreach (CircuitPermit permit in begun.Skip(105))
            _breaker.Report(permit, CircuitOutcome.Failure);
        _breaker.State.ShouldBe(CircuitState.HalfOpen);
        _breaker.Report(trial, CircuitOutcome.Success);
        _breaker.Status.TrialSuccesses.ShouldBe(1);
    }

    [Fact]
    public void Late_successes_of_calls_begun_before_it_opened_do_not_close_it()
    {
        CircuitPermit[] begun = [.. Enumerable.Range(0, 10).Select(_ => Enter())];
        Fail(5);

        foreach (CircuitPermit permit in begun)
            _breaker.Report(permit, CircuitOutcome.Success);

        _breaker.State.ShouldBe(CircuitState.Open);
    }

    [Fact]
    public async Task Two_hundred_parallel_failures_open_it_once()
    {
        CircuitPermit[] begun = [.. Enumerable.Range(0, 200).Select(_ => Enter())];

        await Task.WhenAll(begun.Select(permit => Task.Run(() => _breaker.Report(permit, CircuitOutcome.Failure))));

        _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.Open, 0, 0, TimeSpan.FromSeconds(30)));
        _time.Advance(TimeSpan.FromSeconds(30));
        _breaker.TryEnter(out _, out _).ShouldBeTrue("a second opening would have begun the wait anew");
    }

    [Fact]
    public async Task Half_open_lets_exactly_one_of_two_hundred_parallel_calls_through()
    {
        Fail(5);
        _time.Advance(TimeSpan.FromSeconds(30));

        bool[] entered = await Task.WhenAll(
            Enumerable
                .Range(0, 200)
                .Select(_ => Task.Run(() => _breaker.TryEnter(out CircuitPermit _, out TimeSpan? _)))
        );

        entered.Count(passed => passed).ShouldBe(1);
    }

    [Fact]
    public void Reset_closes_it_and_forgets_failures_of_calls_under_way()
    {
        CircuitPermit[] begun = [.. Enumerable.Range(0, 10).Select(_ => Enter())];
        Fail(5);

        _breaker.Reset();

        foreach (CircuitPermit permit in begun)
            _breaker.Report(permit, CircuitOutcome.Failure);
        _breaker.Status.ShouldBe(new CircuitStatus(CircuitState.Closed, 0, 0, null));
    }

    [Fact]
    public void Switched_off_it_never_opens()
    {
        var off = new CircuitBreaker(new CircuitBreakerOptions { Enabled = false }, _time);
        for (int i = 0; i < 100; i++)
        {
            off.TryEnter(out CircuitPermit permit, out _).ShouldBeTrue();
            off.Report(permit, CircuitOutcome.Failure);
        }

        off.State.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public void Figures_come_from_the_options()
    {
        var breaker = new CircuitBreaker(
            new CircuitBreakerOptions
            {
                FailuresToOpen = 1,
                OpenDuration = TimeSpan.FromSeconds(60),
                SuccessesToClose = 1,
                TrialLease = TimeSpan.FromSeconds(1),
            },
            _time
        );
        breaker.TryEnter(out CircuitPermit permit, out _);
        breaker.Report(permit, CircuitOutcome.Failure);
        breaker.Status.RetryAfter.ShouldBe(TimeSpan.FromSeconds(60));
        _time.Advance(TimeSpan.FromSeconds(60));
        breaker.TryEnter(out _, out _).ShouldBeTrue();
        _time.Advance(TimeSpan.FromSeconds(1));

        breaker.TryEnter(out CircuitPermit trial, out _).ShouldBeTrue();
        breaker.Report(trial, CircuitOutcome.Success);

        breaker.State.ShouldBe(CircuitState.Closed);
    }

    private CircuitPermit Enter()
    {
        _breaker.TryEnter(out CircuitPermit permit, out _).ShouldBeTrue();
        return permit;
    }

    private void Call(CircuitOutcome outcome) => _breaker.Report(Enter(), outcome);

    private void Fail(int times)
    {
        for (int i = 0; i < times; i++)
            Call(CircuitOutcome.Failure);
    }
}
