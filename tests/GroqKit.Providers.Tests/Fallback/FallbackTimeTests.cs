using GroqKit.Providers.Fallback;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackTimeTests : FallbackChatStage
{
    private static readonly Act[] Hangs = [new Act.Nothing(), new Act.Hang()];

    [Fact]
    public async Task A_chain_in_which_everyone_hangs_ends_when_its_time_is_over()
    {
        PlayedProvider[] chain = [new("first", Hangs), new("second", Hangs), new("third", Hangs)];
        var options = new FallbackOptions { TotalTimeout = TimeSpan.FromSeconds(25) };

        FallbackException error = await FailAsync(CollectAsync(Chain(chain), options), TimeSpan.FromSeconds(25));

        error.Failure.ShouldBe(ProviderFailure.Timeout);
        Trace.Steps.Select(step => step.Duration.TotalSeconds).ShouldBe([10, 10, 5]);
        Trace.Steps.ShouldAllBe(step => step.Outcome == FallbackStepOutcome.Failed);
        chain.ShouldAllBe(provider => provider.Running == 0);
    }

    [Fact]
    public async Task Whoever_has_no_time_left_is_not_asked()
    {
        PlayedProvider[] chain = [new("first", Hangs), new("second", Works)];
        var options = new FallbackOptions { TotalTimeout = TimeSpan.FromSeconds(30) };
        Task whole = Engine()
            .CreateChatClient(Chain(chain), options)
            .GetResponseAsync([new(ChatRole.User, "hi")], null, Trace);

        FallbackException error = await FailAsync(whole, TimeSpan.FromSeconds(30));

        error.Failure.ShouldBe(ProviderFailure.Timeout);
        chain[1].Calls.ShouldBe(0);
        Trace.Steps[1].Outcome.ShouldBe(FallbackStepOutcome.Skipped);
        Trace.Steps[1].Reason.ShouldBe("no time left");
    }

    [Fact]
    public async Task The_usual_options_bound_a_dead_chain_too()
    {
        PlayedProvider[] chain = [new("first", Hangs), new("second", Hangs), new("third", Hangs)];

        await FailAsync(CollectAsync(Chain(chain)), new FallbackOptions().TotalTimeout);

        Trace.Steps.Select(step => step.Duration.TotalSeconds).ShouldBe([10, 10, 60, 10, 10, 19.5]);
    }

    [Fact]
    public async Task The_wait_for_its_turn_is_not_taken_from_the_providers_time()
    {
        var first = new PlayedProvider("first", Hangs) { Wait = TimeSpan.FromSeconds(8) };
        var second = new PlayedProvider("second", Works);

        Task<string> answer = CollectAsync(Chain(first, second));
        await Time.WhenArmedAsync(TimeSpan.FromSeconds(18));
        Time.Advance(TimeSpan.FromSeconds(18));

        (await answer).ShouldBe("all well");
        Trace.Steps[0].Failure.ShouldBe(ProviderFailure.Timeout);
    }

    [Theory]
    [InlineData(10, 0)]
    [InlineData(9.9, 1)]
    public async Task Whose_turn_is_farther_off_than_silence_is_waited_for_is_passed_over(double seconds, int calls)
    {
        var first = new PlayedProvider("first", Works) { Wait = TimeSpan.FromSeconds(seconds) };
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");

        first.Calls.ShouldBe(calls);
        second.Calls.ShouldBe(1 - calls);
        if (calls == 0)
        {
            Trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Skipped);
            Trace.Steps[0].Failure.ShouldBe(ProviderFailure.RateLimited);
            Trace.Steps[0].Reason.ShouldBe("its turn is 10 s off");
        }
    }

    [Theory]
    [InlineData(119, 1)]
    [InlineData(120, 0)]
    public async Task The_last_waits_for_its_turn_as_long_as_there_is_time(int seconds, int calls)
    {
        var only = new PlayedProvider("only", Works) { Wait = TimeSpan.FromSeconds(seconds) };
        Task<string> answer = CollectAsync(Chain(only));

        if (calls == 1)
            (await answer).ShouldBe("all well");
        else
        {
            FallbackException error = await Should.ThrowAsync<FallbackException>(() => answer);
            error.Failure.ShouldBe(ProviderFailure.RateLimited);
            error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(seconds));
        }
        only.Calls.ShouldBe(calls);
    }

    [Fact]
    public async Task However_long_an_answer_took_whoever_goes_on_has_time()
    {
        var more = new TaskCompletionSource();
        var first = new PlayedProvider(
            "first",
            [Act.Text("all "), new Act.Until(more.Task), Act.Fail(ProviderFailure.StreamCut)]
        );
        var second = new PlayedProvider("second", [Act.Text("all well")]);
        var options = new FallbackOptions { OnBreak = BreakPolicy.Restart, GapTimeout = TimeSpan.FromHours(1) };
        Task<string> answer = CollectAsync(Chain(first, second), options);

        await HeardSome.WaitAsync(TimeSpan.FromSeconds(30));
        Time.Advance(TimeSpan.FromMinutes(10));
        more.SetResult();

        (await answer).ShouldBe("all all well");
    }

    // Time passes in steps from one deadline to the next, until the call has failed.
    private async Task<FallbackException> FailAsync(Task call, TimeSpan expected)
    {
        DateTimeOffset start = Time.GetUtcNow();
        while (await Task.WhenAny(call, Time.WhenArmedAsync()) != call)
        {
            if (Time.Pending is [var next, ..])
                Time.Advance(next);
        }
        FallbackException error = await Should.ThrowAsync<FallbackException>(() => call);
        (Time.GetUtcNow() - start).ShouldBe(expected);
        return error;
    }
}
