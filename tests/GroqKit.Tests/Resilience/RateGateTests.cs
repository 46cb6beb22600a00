using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-21")]
public sealed class RateGateTests
{
    private static readonly RateAmounts OneCall = new(1, 0, 0);
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task Without_limits_nobody_waits()
    {
        using RateGate gate = Gate();
        RateTicket first = await PassAsync(gate);
        gate.Complete(first, RateLimits.None, new RateAmounts(1, 10, 0));

        for (int i = 0; i < 1000; i++)
            gate.EnterAsync(OneCall, Patience, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();

        gate.Status.Limits.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_first_calls_are_few_until_an_answer_tells_the_limits()
    {
        using RateGate gate = Gate();
        RateTicket first = await PassAsync(gate);
        for (int i = 1; i < 16; i++)
            await PassAsync(gate);

        Task<RateAdmission>[] others = [.. Enumerable.Range(0, 100).Select(_ => Enter(gate))];
        gate.WaitingCalls.ShouldBe(100);
        gate.Complete(first, RateLimits.None, OneCall);

        (await Task.WhenAll(others)).ShouldAllBe(admission => admission.IsAdmitted);
    }

    [Fact]
    public async Task Without_any_answer_ever_more_calls_may_go()
    {
        using RateGate gate = Gate();
        for (int i = 0; i < 16; i++)
            await PassAsync(gate);
        Task<RateAdmission>[] others = [.. Enumerable.Range(0, 128).Select(_ => Enter(gate))];

        _time.Advance(TimeSpan.FromSeconds(0.5));
        gate.WaitingCalls.ShouldBeInRange(60, 68);
        _time.Advance(TimeSpan.FromSeconds(0.6));

        (await Task.WhenAll(others)).ShouldAllBe(admission => admission.IsAdmitted);
    }

    [Fact]
    public async Task Prudence_takes_at_most_half_of_the_time_that_a_call_has()
    {
        using RateGate gate = Gate();
        for (int i = 0; i < 16; i++)
            await PassAsync(gate);

        gate.EnterAsync(OneCall, TimeSpan.FromMilliseconds(10), default)
            .AsTask()
            .IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task A_used_up_limit_makes_calls_wait_until_it_refills()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 86_400, remaining: 0, reset: 86_400), OneCall);

        Task<RateAdmission> next = Enter(gate);
        _time.Pending.ShouldBe([TimeSpan.FromSeconds(1)]);
        _time.Advance(TimeSpan.FromSeconds(0.9));
        next.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));

        (await next).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task Tokens_that_do_not_suffice_make_a_call_wait_for_as_long_as_they_take()
    {
        using RateGate gate = Gate();
        gate.Complete(
            await PassAsync(gate),
            Tokens(limit: 6000, remaining: 100, reset: 59),
            new RateAmounts(1, 256, 0)
        );

        RateAdmission admission = await gate.EnterAsync(new RateAmounts(1, 344, 0), TimeSpan.FromSeconds(1), default);

        // 344 for the request and 256 for its answer, as the one before had; 100 are left, and the answer before may not be counted yet.
        admission.Refusal.ShouldBe(TimeSpan.FromSeconds((344 + 256 - (100 - 256)) / 100.0));
    }

    [Fact]
    public async Task A_wait_beyond_the_deadline_fails_at_once_and_tells_the_wait()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 1440, remaining: 0, reset: 86_400), OneCall);
        Task<RateAdmission> ahead = Enter(gate);

        Task<RateAdmission> late = gate.EnterAsync(OneCall, TimeSpan.FromSeconds(119), default).AsTask();

        late.IsCompleted.ShouldBeTrue();
        (await late).Refusal!.Value.TotalSeconds.ShouldBe(120, tolerance: 0.001);
        ahead.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task A_waiting_call_whose_wait_grows_beyond_its_deadline_fails_then()
    {
        using RateGate gate = Gate();
        RateTicket other = await PassAsync(gate);
        gate.Complete(await PassAsync(gate), Requests(limit: 86_400, remaining: 0, reset: 86_400), OneCall);
        Task<RateAdmission> waiting = gate.EnterAsync(OneCall, TimeSpan.FromSeconds(30), default).AsTask();

        gate.Refuse(other, Refusal("try later", retryAfter: 31));

        (await waiting).Refusal!.Value.TotalSeconds.ShouldBe(31, tolerance: 0.001);
        _time.Pending.Count.ShouldBeLessThanOrEqualTo(1);
    }

    [Fact]
    public async Task Waiting_calls_go_in_the_order_in_which_they_came()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 86_400, remaining: 0, reset: 86_400), OneCall);
        Task<RateAdmission>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => Enter(gate))];

        for (int i = 0; i < waiting.Length; i++)
        {
            waiting.Count(call => call.IsCompleted).ShouldBe(i);
            _time.Advance(TimeSpan.FromSeconds(1));
            await waiting[i];
        }
    }

    [Fact]
    public async Task A_cancelled_call_leaves_the_queue_and_the_next_takes_its_place()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 86_400, remaining: 0, reset: 86_400), OneCall);
        using var cancellation = new CancellationTokenSource();
        Task<RateAdmission> first = gate.EnterAsync(OneCall, Patience, cancellation.Token).AsTask();
        Task<RateAdmission> second = Enter(gate);

        await cancellation.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(first);
        gate.WaitingCalls.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        (await second).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public void A_call_that_is_cancelled_already_does_not_enter()
    {
        using RateGate gate = Gate();

        gate.EnterAsync(OneCall, Patience, new CancellationToken(canceled: true)).AsTask().IsCanceled.ShouldBeTrue();
    }

    [Fact]
    public async Task Below_a_tenth_of_a_limit_calls_are_spaced_out()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 51, reset: 81_993.6), OneCall);
        await PassAsync(gate);

        Task<RateAdmission> next = Enter(gate);

        // Half way below the edge: half of the widest spacing, less what late timers may make up for.
        _time.Pending.ShouldHaveSingleItem().TotalSeconds.ShouldBe(0.49, tolerance: 0.02);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        (await next).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task Above_a_tenth_of_a_limit_nobody_is_slowed_down()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 900, reset: 8640), OneCall);

        for (int i = 0; i < 800; i++)
            gate.EnterAsync(OneCall, Patience, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Own_caps_hold_without_any_header()
    {
        using RateGate gate = Gate(
            new RateLimitOptions
            {
                RequestsPerMinute = 60,
                FirstCalls = 1000,
                ThrottleBelow = 0,
            }
        );
        for (int i = 0; i < 60; i++)
            await PassAsync(gate);

        (await gate.EnterAsync(OneCall, TimeSpan.FromSeconds(0.5), default)).Refusal!.Value.TotalSeconds.ShouldBe(
            1,
            tolerance: 0.001
        );
        _time.Advance(TimeSpan.FromSeconds(10));
        for (int i = 0; i < 10; i++)
            await PassAsync(gate);
        Enter(gate).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task An_own_cap_of_tokens_counts_what_was_used()
    {
        using RateGate gate = Gate(new RateLimitOptions { TokensPerMinute = 6000, ThrottleBelow = 0 });
        gate.Complete(await PassAsync(gate), RateLimits.None, new RateAmounts(1, 5400, 0));

        RateLimitState state = gate.Status.Limits.ShouldHaveSingleItem();

        state.ShouldBe(
            new RateLimitState(
                RateUnit.Tokens,
                TimeSpan.FromMinutes(1),
                RateSource.Options,
                6000,
                600,
                TimeSpan.FromSeconds(54)
            )
        );
    }

    [Fact]
    public async Task A_call_larger_than_the_whole_limit_goes_when_all_of_it_is_there()
    {
        using RateGate gate = Gate(new RateLimitOptions { TokensPerMinute = 600, ThrottleBelow = 0 });
        gate.Complete(await PassAsync(gate), RateLimits.None, new RateAmounts(1, 300, 0));

        Task<RateAdmission> large = gate.EnterAsync(new RateAmounts(1, 100_000, 0), Patience, default).AsTask();
        _time.Advance(TimeSpan.FromSeconds(29));
        large.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(1));

        (await large).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task A_refusal_without_a_limit_holds_all_calls_and_then_lets_few_go()
    {
        using RateGate gate = Gate(new RateLimitOptions { FirstCalls = 1000 });
        RateTicket[] begun = [.. await Task.WhenAll(Enumerable.Range(0, 9).Select(_ => PassAsync(gate)))];
        gate.Refuse(begun[0], Refusal("slow down", retryAfter: 7));
        gate.Status.HeldFor.ShouldBe(TimeSpan.FromSeconds(7));
        Task<RateAdmission>[] waiting = [.. Enumerable.Range(0, 20).Select(_ => Enter(gate))];

        _time.Advance(TimeSpan.FromSeconds(7));
        waiting.Count(call => call.IsCompleted).ShouldBe(0, "eight are under way, and half of them are too many");
        foreach (RateTicket ticket in begun.Skip(1))
            gate.Complete(ticket, RateLimits.None, OneCall);

        int gone = 20 - gate.WaitingCalls;
        gone.ShouldBeInRange(8, 19);
    }

    [Fact]
    public async Task A_refusal_tells_the_limit_and_from_when_on_there_is_room()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), RateLimits.None, OneCall);
        const string text =
            "Rate limit reached for model `m` in organization `o` service tier `on_demand` on requests per minute (RPM): "
            + "Limit 30, Used 30, Requested 1. Please try again in 1.5s. Need more tokens? Upgrade.";
        gate.Refuse(await PassAsync(gate), Refusal(text, retryAfter: 2));

        Task<RateAdmission> next = Enter(gate);

        _time.Pending.ShouldBe([TimeSpan.FromSeconds(1.5)]);
        RateLimitState state = gate.Status.Limits.ShouldHaveSingleItem();
        (state.Unit, state.Source, state.Limit).ShouldBe((RateUnit.Requests, RateSource.Refusal, 30));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        (await next).IsAdmitted.ShouldBeTrue();
    }

    [Fact]
    public async Task What_others_take_out_of_the_same_limit_is_seen()
    {
        using RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 900, reset: 8640), OneCall);
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 500, reset: 43_200), OneCall);

        gate.Status.Limits.ShouldHaveSingleItem().Remaining.ShouldBe(500, tolerance: 0.01);
    }

    [Fact]
    public async Task Late_headers_do_not_bring_back_what_has_been_sent_since()
    {
        using RateGate gate = Gate();
        RateTicket slow = await PassAsync(gate);
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 998, reset: 172.8), OneCall);
        for (int i = 0; i < 300; i++)
            gate.Complete(await PassAsync(gate), RateLimits.None, OneCall);

        gate.Observe(slow, Requests(limit: 1000, remaining: 999, reset: 86.4));

        gate.Status.Limits.ShouldHaveSingleItem().Remaining.ShouldBe(698, tolerance: 0.01);
    }

    [Fact]
    public async Task Limits_that_no_answer_reports_are_taken_from_the_plan_they_belong_to()
    {
        using var gate = new RateGate(new RateLimitOptions(), _time, "openai/gpt-oss-120b");
        await PassAsync(gate);
        var reported = new RateLimits
        {
            LimitRequests = 1000,
            RemainingRequests = 998,
            ResetRequests = TimeSpan.FromSeconds(172.8),
            LimitTokens = 8000,
            RemainingTokens = 7000,
            ResetTokens = TimeSpan.FromSeconds(7.5),
        };

        gate.Observe(await PassAsync(gate), reported);

        gate.Status.Limits.Where(limit => limit.Source is RateSource.Plan)
            .Select(limit => (limit.Unit, limit.Period.TotalSeconds, limit.Limit))
            .ShouldBe([(RateUnit.Requests, 60, 30), (RateUnit.Tokens, 86_400, 200_000)]);
    }

    [Fact]
    public void Switched_off_it_lets_everything_through()
    {
        using RateGate gate = Gate(new RateLimitOptions { Enabled = false, RequestsPerMinute = 1 });

        for (int i = 0; i < 100; i++)
            gate.EnterAsync(OneCall, TimeSpan.Zero, default).AsTask().IsCompletedSuccessfully.ShouldBeTrue();
    }

    [Fact]
    public async Task Closing_the_client_ends_the_waits()
    {
        RateGate gate = Gate();
        gate.Complete(await PassAsync(gate), Requests(limit: 1000, remaining: 0, reset: 86_400), OneCall);
        Task<RateAdmission> waiting = Enter(gate);

        gate.Dispose();

        await Should.ThrowAsync<ObjectDisposedException>(waiting);
        _time.Pending.ShouldBeEmpty();
    }

    private RateGate Gate(RateLimitOptions? options = null) => new(options ?? new RateLimitOptions(), _time, "m");

    private static Task<RateAdmission> Enter(RateGate gate) => gate.EnterAsync(OneCall, Patience, default).AsTask();

    private static async Task<RateTicket> PassAsync(RateGate gate)
    {
        Task<RateAdmission> entering = Enter(gate);
        entering.IsCompleted.ShouldBeTrue("nothing should keep this call waiting");
        RateAdmission admission = await entering;
        admission.IsAdmitted.ShouldBeTrue();
        return admission.Ticket;
    }

    private static GroqRateLimitException Refusal(string text, double retryAfter) =>
        new(text, new ErrorDetails { RetryAfter = TimeSpan.FromSeconds(retryAfter) });

    private static RateLimits Requests(long limit, long remaining, double reset) =>
        new()
        {
            LimitRequests = limit,
            RemainingRequests = remaining,
            ResetRequests = TimeSpan.FromSeconds(reset),
        };

    private static RateLimits Tokens(long limit, long remaining, double reset) =>
        new()
        {
            LimitTokens = limit,
            RemainingTokens = remaining,
            ResetTokens = TimeSpan.FromSeconds(reset),
        };
}
