using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackChatTests
{
    private static readonly Act[] Works = [Act.Text("all "), Act.Text("well"), Act.Used(2), new Act.Finish("stop")];

    private readonly ManualTimeProvider _time = new();
    private readonly FallbackTrace _trace = new();

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
        FallbackStep step = _trace.Steps.ShouldHaveSingleItem();
        step.Outcome.ShouldBe(FallbackStepOutcome.Completed);
        step.Usage!.OutputTokenCount.ShouldBe(2);
        step.MayBeBilled.ShouldBeFalse();
        _trace.FellBack.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(FailuresThatAnotherMayNotHave))]
    public async Task A_failure_before_output_leads_to_the_next(ProviderFailure failure)
    {
        var first = new PlayedProvider("first", [new Act.Nothing(), Act.Fail(failure)]);
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second))).ShouldBe("all well");

        _trace.Steps.Select(step => step.Outcome).ShouldBe([FallbackStepOutcome.Failed, FallbackStepOutcome.Completed]);
        _trace.Steps[0].Failure.ShouldBe(failure);
        _trace.Served!.Provider.ShouldBe("second");
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
        await _time.WhenArmedAsync();
        _time.Advance(TimeSpan.FromSeconds(11));

        (await answer).ShouldBe("all well");
        _trace.Steps[0].Failure.ShouldBe(ProviderFailure.Timeout);
        _trace.Steps[0].MayBeBilled.ShouldBeTrue();
        first.Running.ShouldBe(0);
    }

    [Fact]
    public async Task A_break_after_output_is_one_error_and_nothing_is_said_twice()
    {
        var first = new PlayedProvider("first", [Act.Text("one "), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", Works);
        var heard = new List<string>();

        FallbackException error = await Should.ThrowAsync<FallbackException>(() =>
            CollectAsync(Chain(first, second), heard: heard)
        );

        heard.ShouldBe(["one "]);
        error.Failure.ShouldBe(ProviderFailure.StreamCut);
        second.Calls.ShouldBe(0);
        _trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Broke);
        _trace.Steps[0].MayBeBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stall_after_output_ends_in_time()
    {
        var first = new PlayedProvider("first", [Act.Text("one "), new Act.Hang()]);
        var heard = new List<string>();

        Task<string> answer = CollectAsync(Chain(first), heard: heard);
        await _time.WhenArmedAsync();
        await Eventually(() => heard.Count == 1);
        _time.Advance(TimeSpan.FromSeconds(61));
        FallbackException error = await Should.ThrowAsync<FallbackException>(() => answer);

        error.Failure.ShouldBe(ProviderFailure.Timeout);
        heard.ShouldBe(["one "]);
        first.Running.ShouldBe(0);
    }

    [Fact]
    public async Task A_broken_answer_goes_on_at_the_next_with_the_part_as_its_beginning()
    {
        var first = new PlayedProvider("first", [Act.Text("The sky is "), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", [Act.Text("sky is blue."), Act.Used(3), new Act.Finish("stop")]);
        var switches = new List<FallbackSwitch>();

        string answer = await CollectAsync(
            Chain(first, second),
            new FallbackOptions { OnBreak = BreakPolicy.Continue },
            switches: switches
        );

        answer.ShouldBe("The sky is sky is blue.");
        second.Asked.Single()[^1].Role.ShouldBe(ChatRole.Assistant);
        second.Asked.Single()[^1].Text.ShouldBe("The sky is ");
        FallbackSwitch change = switches.ShouldHaveSingleItem();
        change.From.ShouldBe("first/m");
        change.To.ShouldBe("second/m");
        change.Restarted.ShouldBeFalse();
        change.Reason.ShouldBe(ProviderFailure.StreamCut);
    }

    [Fact]
    public async Task What_the_next_repeats_of_the_part_is_cut_at_the_joint()
    {
        var first = new PlayedProvider(
            "first",
            [Act.Text("Roses are red and violets "), Act.Fail(ProviderFailure.Server)]
        );
        var second = new PlayedProvider(
            "second",
            [Act.Text("red and "), Act.Text("violets are "), Act.Text("blue."), new Act.Finish("stop")]
        );

        (await CollectAsync(Chain(first, second), new() { OnBreak = BreakPolicy.Continue })).ShouldBe(
            "Roses are red and violets are blue."
        );
    }

    [Fact]
    public async Task Several_breaks_in_one_answer_are_mended_one_after_the_other()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", [Act.Text("b"), Act.Fail(ProviderFailure.StreamCut)]);
        var third = new PlayedProvider("third", [Act.Text("c"), new Act.Finish("stop")]);

        (await CollectAsync(Chain(first, second, third), new() { OnBreak = BreakPolicy.Continue })).ShouldBe("abc");
        third.Asked.Single()[^1].Text.ShouldBe("ab");
    }

    [Fact]
    public async Task A_part_that_the_next_refuses_ends_in_the_error_of_the_break()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", [Act.Fail(ProviderFailure.CallerMistake)]);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() =>
            CollectAsync(Chain(first, second), new() { OnBreak = BreakPolicy.Continue })
        );

        error.Failure.ShouldBe(ProviderFailure.StreamCut);
        error.Trace.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_call_of_a_function_is_not_carried_over()
    {
        var call = new FunctionCallContent("id", "f");
        var first = new PlayedProvider("first", [new Act.Say(call), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", Works);

        await Should.ThrowAsync<FallbackException>(() =>
            CollectAsync(Chain(first, second), new() { OnBreak = BreakPolicy.Continue })
        );

        second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task A_restart_is_announced_and_answers_from_the_beginning()
    {
        var first = new PlayedProvider("first", [Act.Text("gone"), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", Works);
        var switches = new List<FallbackSwitch>();

        string answer = await CollectAsync(
            Chain(first, second),
            new() { OnBreak = BreakPolicy.Restart },
            switches: switches
        );

        answer.ShouldBe("goneall well");
        switches.ShouldHaveSingleItem().Restarted.ShouldBeTrue();
        second.Asked.Single().Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_break_among_pieces_that_are_held_back_goes_unnoticed()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), Act.Text("b"), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", Works);

        (await CollectAsync(Chain(first, second), new() { Hold = 3 })).ShouldBe("all well");
        _trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Failed);
    }

    [Fact]
    public async Task An_answer_shorter_than_what_is_held_back_arrives_whole() =>
        (await CollectAsync(Chain(new PlayedProvider("first", Works)), new() { Hold = 100 })).ShouldBe("all well");

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
        await _time.WhenArmedAsync();
        await Eventually(() => _time.Pending.Contains(TimeSpan.FromSeconds(3)));
        _time.Advance(TimeSpan.FromSeconds(3));

        (await answer).ShouldBe("all well");
        first.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_wait_beyond_the_total_time_fails_at_once_and_says_how_long()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.RateLimited, TimeSpan.FromHours(1))]);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => CollectAsync(Chain(first)));

        error.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        first.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task The_callers_leaving_ends_the_attempt_and_counts_for_nothing()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), new Act.Hang()]);
        using var leaving = new CancellationTokenSource();
        var heard = new List<string>();
        FallbackEngine engine = Engine();

        Task<string> answer = CollectAsync(Chain(first), heard: heard, engine: engine, token: leaving.Token);
        await Eventually(() => heard.Count == 1);
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        _trace.Steps.ShouldHaveSingleItem().Outcome.ShouldBe(FallbackStepOutcome.Cancelled);
        first.Running.ShouldBe(0);
        engine.Lanes.All.Single().FailuresInRow.ShouldBe(0);
    }

    [Fact]
    public async Task The_caller_that_stops_reading_ends_the_attempt()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), Act.Text("b"), new Act.Hang()]);
        FallbackChatClient client = Engine().CreateChatClient(Chain(first));

        await foreach (
            ChatResponseUpdate _ in client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], null, _trace)
        )
            break;

        first.Running.ShouldBe(0);
        _trace.Steps.ShouldHaveSingleItem().Outcome.ShouldBe(FallbackStepOutcome.Cancelled);
    }

    [Fact]
    public async Task A_slow_first_is_raced_by_the_next_and_the_loser_is_cancelled()
    {
        var first = new PlayedProvider("first", [new Act.Hang()]);
        var second = new PlayedProvider("second", Works);

        Task<string> answer = CollectAsync(Chain(first, second), new() { HedgeAfter = TimeSpan.FromMilliseconds(300) });
        await Eventually(() => _time.Pending.Contains(TimeSpan.FromMilliseconds(300)));
        _time.Advance(TimeSpan.FromMilliseconds(300));

        (await answer).ShouldBe("all well");
        await Eventually(() => first.Running == 0);
        _trace.Steps.Select(step => step.Outcome).ShouldBe([FallbackStepOutcome.Lost, FallbackStepOutcome.Completed]);
        _trace.Steps[0].MayBeBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_quick_first_is_not_raced()
    {
        var first = new PlayedProvider("first", Works);
        var second = new PlayedProvider("second", Works);

        await CollectAsync(Chain(first, second), new() { HedgeAfter = TimeSpan.FromMilliseconds(300) });

        second.Calls.ShouldBe(0);
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
    public async Task Thoughts_are_not_repeated_by_the_next()
    {
        var thought = new Act.Say(new TextReasoningContent("hm"));
        var first = new PlayedProvider("first", [thought, Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", [thought, Act.Text("yes"), new Act.Finish("stop")]);
        FallbackChatClient client = Engine()
            .CreateChatClient(Chain(first, second), new() { OnBreak = BreakPolicy.Continue });

        ChatResponse response = await client.GetStreamingResponseAsync("hi").ToChatResponseAsync();

        response.Text.ShouldBe("yes");
        string.Concat(response.Messages.SelectMany(m => m.Contents).OfType<TextReasoningContent>().Select(r => r.Text))
            .ShouldBe("hm");
    }

    [Fact]
    public async Task A_whole_answer_carries_its_trace()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Server)]);
        var second = new PlayedProvider("second", Works);

        ChatResponse response = await Engine().CreateChatClient(Chain(first, second)).GetResponseAsync("hi");

        response.Text.ShouldBe("all well");
        var trace = (FallbackTrace)response.AdditionalProperties![FallbackTrace.PropertyName]!;
        trace.Steps.Count.ShouldBe(2);
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
    }

    private FallbackEngine Engine() => new(timeProvider: _time, randomness: () => 0.5);

    private static FallbackTarget[] Chain(params PlayedProvider[] providers) =>
        [.. providers.Select(provider => new FallbackTarget(provider, "m"))];

    private async Task<string> CollectAsync(
        FallbackTarget[] chain,
        FallbackOptions? options = null,
        List<string>? heard = null,
        List<FallbackSwitch>? switches = null,
        FallbackEngine? engine = null,
        CancellationToken token = default
    )
    {
        heard ??= [];
        FallbackChatClient client = (engine ?? Engine()).CreateChatClient(chain, options);
        await foreach (
            ChatResponseUpdate update in client.GetStreamingResponseAsync(
                [new(ChatRole.User, "hi")],
                null,
                _trace,
                token
            )
        )
        {
            if (update.AdditionalProperties?.TryGetValue(FallbackSwitch.PropertyName, out object? change) is true)
                switches?.Add((FallbackSwitch)change!);
            if (update.Text.Length > 0)
                heard.Add(update.Text);
        }
        return string.Concat(heard);
    }

    private static async Task Eventually(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition())
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
