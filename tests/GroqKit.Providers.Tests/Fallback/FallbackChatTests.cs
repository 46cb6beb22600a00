using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackChatTests : FallbackChatStage
{
    public static TheoryData<ProviderFailure> FailuresThatAnotherMayNotHave =>
        [
            ProviderFailure.Refused,
            ProviderFailure.Network,
            ProviderFailure.Timeout,
            ProviderFailure.Authentication,
            ProviderFailure.Permission,
            ProviderFailure.QuotaExhausted,
            ProviderFailure.RateLimited,
            ProviderFailure.Overloaded,
            ProviderFailure.Server,
            ProviderFailure.StreamCut,
            ProviderFailure.Malformed,
            ProviderFailure.ModelUnavailable,
        ];

    [Fact]
    public async Task The_first_of_the_chain_serves_while_it_works()
    {
        var first = new PlayedProvider("first", Works);
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");

        second.Calls.ShouldBe(0);
        FallbackStep step = Trace.Steps.ShouldHaveSingleItem();
        step.Outcome.ShouldBe(FallbackStepOutcome.Completed);
        step.Usage!.OutputTokenCount.ShouldBe(2);
        step.MayBeBilled.ShouldBeFalse();
        Trace.FellBack.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(FailuresThatAnotherMayNotHave))]
    public async Task A_failure_before_output_leads_to_the_next(ProviderFailure failure)
    {
        var first = new PlayedProvider("first", [new Act.Nothing(), Act.Fail(failure)]);
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");

        Trace.Steps.Select(step => step.Outcome).ShouldBe([FallbackStepOutcome.Failed, FallbackStepOutcome.Completed]);
        Trace.Steps[0].Failure.ShouldBe(failure);
        Trace.Served!.Provider.ShouldBe("second");
    }

    [Theory]
    [InlineData(ProviderFailure.CallerMistake)]
    [InlineData(ProviderFailure.ContentFilter)]
    [InlineData(ProviderFailure.ContextLength)]
    public async Task What_the_caller_did_wrong_never_reaches_the_next(ProviderFailure failure)
    {
        var first = new PlayedProvider("first", [Act.Fail(failure)]);
        var second = new PlayedProvider("second", Works);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => CollectAsync(Chain(first, second)));

        error.Failure.ShouldBe(failure);
        error.Trace.Steps.Count.ShouldBe(1);
        second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Pieces_without_content_for_ever_are_no_progress()
    {
        Act[] empty = [.. Enumerable.Repeat(new Act.Nothing(), 50), new Act.Hang()];
        var first = new PlayedProvider("first", empty);
        var second = new PlayedProvider("second", Works);

        Task<string> answer = CollectAsync(Chain(first, second));
        await Time.WhenArmedAsync();
        Time.Advance(TimeSpan.FromSeconds(11));

        (await answer).ShouldBe("all well");
        Trace.Steps[0].Failure.ShouldBe(ProviderFailure.Timeout);
        Trace.Steps[0].MayBeBilled.ShouldBeTrue();
        first.Running.ShouldBe(0);
    }

    [Fact]
    public async Task When_everyone_fails_there_is_one_error_with_every_step()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Authentication)]);
        var second = new PlayedProvider("second", [Act.Fail(ProviderFailure.QuotaExhausted)]);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => CollectAsync(Chain(first, second)));

        error
            .Trace.Steps.Select(step => step.Failure)
            .ShouldBe([ProviderFailure.Authentication, ProviderFailure.QuotaExhausted]);
        error.Message.ShouldContain("2 attempts");
    }

    [Fact]
    public async Task What_passes_is_tried_again_after_the_shortest_wait_asked_for()
    {
        var first = new PlayedProvider(
            "first",
            [Act.Fail(ProviderFailure.RateLimited, TimeSpan.FromSeconds(3))],
            Works
        );
        var second = new PlayedProvider("second", [Act.Fail(ProviderFailure.Server)]);

        Task<string> answer = CollectAsync(Chain(first, second));
        await Time.WhenArmedAsync();
        await Time.WhenArmedAsync(TimeSpan.FromSeconds(3));
        Time.Advance(TimeSpan.FromSeconds(3));

        (await answer).ShouldBe("all well");
        first.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_wait_beyond_the_totalTime_fails_at_once_and_says_how_long()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.RateLimited, TimeSpan.FromHours(1))]);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => CollectAsync(Chain(first)));

        error.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        first.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_refused_key_leads_to_the_next_key_of_the_same_provider()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Authentication)], Works) { Keys = 2 };
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");

        first.By.Distinct().Count().ShouldBe(2);
        second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_server_error_passes_over_the_other_keys()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Server)]) { Keys = 3 };
        var second = new PlayedProvider("second", Works);

        await CollectAsync(Chain(first, second));

        first.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task An_option_that_one_lacks_leads_to_one_that_has_it()
    {
        var first = new PlayedProvider("first", [new Act.Throw(new NotSupportedException("no top_k"))]);
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");
    }

    [Fact]
    public async Task An_option_that_one_lacks_keeps_nobody_elses_calls_away()
    {
        var only = new PlayedProvider("only", [new Act.Throw(new NotSupportedException("no top_k"))], Works);
        FallbackEngine engine = Engine();

        FallbackException error = await Should.ThrowAsync<FallbackException>(() =>
            CollectAsync(Chain(only), engine: engine)
        );

        error.Failure.ShouldBe(ProviderFailure.CallerMistake);
        (await CollectAsync(Chain(only), engine: engine)).ShouldBe("all well");
    }

    [Fact]
    public async Task A_whole_answer_carries_itsTrace()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Server)]);
        var second = new PlayedProvider("second", Works);

        ChatResponse response = await Engine().CreateChatClient(Chain(first, second)).GetResponseAsync("hi");

        response.Text.ShouldBe("all well");
        var trace = (FallbackTrace)response.AdditionalProperties![FallbackTrace.PropertyName]!;
        trace.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_null_or_empty_is_the_callers_mistake_and_nobody_is_asked()
    {
        var first = new PlayedProvider("first", Works);
        FallbackChatClient chat = Engine().CreateChatClient(Chain(first));

        (
            await Should.ThrowAsync<ArgumentException>(() =>
                chat.GetResponseAsync([new ChatMessage(ChatRole.User, "hi"), null!])
            )
        ).Message.ShouldContain("[1]");
        Should
            .Throw<ArgumentException>(() => Engine().CreateChatClient([.. Chain(first), null!]))
            .Message.ShouldContain("[1]");
        Should.Throw<ArgumentException>(() => Engine().CreateChatClient([new(first, "")])).Message.ShouldContain("[0]");
        first.Calls.ShouldBe(0);
    }

    [Fact]
    public void Bad_options_are_named()
    {
        ArgumentException error = Should.Throw<ArgumentException>(() =>
            Engine()
                .CreateChatClient(
                    Chain(new PlayedProvider("p", Works)),
                    new()
                    {
                        Hold = 0,
                        Rounds = 99,
                        GapTimeout = default,
                    }
                )
        );

        error.Message.ShouldContain("Hold");
        error.Message.ShouldContain("Rounds");
        error.Message.ShouldContain("GapTimeout");
        Should.Throw<ArgumentException>(() => Engine().CreateChatClient([]));
        error = Should.Throw<ArgumentException>(() =>
            new FallbackEngine(new() { NearlyUsedUp = double.NaN, RateLimitPause = TimeSpan.FromSeconds(-1) })
        );
        error.Message.ShouldContain("NearlyUsedUp");
        error.Message.ShouldContain("RateLimitPause");
    }
}
