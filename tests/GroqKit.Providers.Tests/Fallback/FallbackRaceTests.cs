using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackRaceTests : FallbackChatStage
{
    [Fact]
    public async Task The_callers_leaving_ends_the_attempt_and_counts_for_nothing()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), new Act.Hang()]);
        using var leaving = new CancellationTokenSource();
        var heard = new List<string>();
        FallbackEngine engine = Engine();

        Task<string> answer = CollectAsync(Chain(first), heard: heard, engine: engine, token: leaving.Token);
        await HeardSome;
        await leaving.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => answer);
        Trace.Steps.ShouldHaveSingleItem().Outcome.ShouldBe(FallbackStepOutcome.Cancelled);
        first.Running.ShouldBe(0);
        engine.Lanes.All.Single().FailuresInRow.ShouldBe(0);
    }

    [Fact]
    public async Task The_caller_that_stops_reading_ends_the_attempt()
    {
        var first = new PlayedProvider("first", [Act.Text("a"), Act.Text("b"), new Act.Hang()]);
        FallbackChatClient client = Engine().CreateChatClient(Chain(first));

        await foreach (
            ChatResponseUpdate _ in client.GetStreamingResponseAsync([new(ChatRole.User, "hi")], null, Trace)
        )
            break;

        first.Running.ShouldBe(0);
        Trace.Steps.ShouldHaveSingleItem().Outcome.ShouldBe(FallbackStepOutcome.Cancelled);
    }

    [Fact]
    public async Task A_slow_first_is_raced_by_the_next_and_the_loser_is_cancelled()
    {
        var first = new PlayedProvider("first", [new Act.Hang()]);
        var second = new PlayedProvider("second", Works);

        Task<string> answer = CollectAsync(Chain(first, second), new() { HedgeAfter = TimeSpan.FromMilliseconds(300) });
        await Time.WhenArmedAsync(TimeSpan.FromMilliseconds(300));
        Time.Advance(TimeSpan.FromMilliseconds(300));

        (await answer).ShouldBe("all well");
        await first.Ended;
        Trace.Steps.Select(step => step.Outcome).ShouldBe([FallbackStepOutcome.Lost, FallbackStepOutcome.Completed]);
        Trace.Steps[0].MayBeBilled.ShouldBeTrue();
    }

    [Fact]
    public async Task A_quick_first_is_not_raced()
    {
        var first = new PlayedProvider("first", Works);
        var second = new PlayedProvider("second", Works);

        await CollectAsync(Chain(first, second), new() { HedgeAfter = TimeSpan.FromMilliseconds(300) });

        second.Calls.ShouldBe(0);
    }
}
