using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackBreakTests : FallbackChatStage
{
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
        Trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Broke);
        Trace.Steps[0].MayBeBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_stall_after_output_ends_inTime()
    {
        var first = new PlayedProvider("first", [Act.Text("one "), new Act.Hang()]);
        var heard = new List<string>();

        Task<string> answer = CollectAsync(Chain(first), heard: heard);
        await HeardSome;
        // The wait for more may begin only after the first step of time, and then needs another.
        while (await Task.WhenAny(answer, Time.WhenArmedAsync()) != answer)
            Time.Advance(TimeSpan.FromSeconds(61));
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
        Trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Failed);
    }

    [Fact]
    public async Task An_answer_shorter_than_what_is_held_back_arrives_whole() =>
        (await CollectAsync(Chain(new PlayedProvider("first", Works)), new() { Hold = 100 })).ShouldBe("all well");

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
}
