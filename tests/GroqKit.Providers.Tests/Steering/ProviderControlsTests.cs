using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Chat;
using GroqKit.Providers.Steering;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Steering;

[Requirement("PR-11")]
public sealed class ProviderControlsTests
{
    private static readonly Act[] Works = [Act.Text("well"), new Act.Finish("stop")];

    private readonly FallbackEngine _engine = new(timeProvider: new ManualTimeProvider(), randomness: () => 0.5);
    private readonly PlayedProvider _first = new("first", Works);
    private readonly PlayedProvider _second = new("second", Works);

    [Fact]
    public async Task A_provider_that_is_switched_off_is_passed_over_at_once_and_the_trace_says_why()
    {
        FallbackChatClient chat = Chat();
        await AskAsync(chat);

        _engine.Controls.Set("FIRST", new ProviderControl { IsEnabled = false, Reason = "bad answers" });
        FallbackTrace trace = await AskAsync(chat);

        _first.Calls.ShouldBe(1);
        trace.Served!.Provider.ShouldBe("second");
        trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Skipped);
        trace.Steps[0].Reason.ShouldBe("switched off: bad answers");
        trace.FellBack.ShouldBeTrue();

        _engine.Controls.Set("first", null);
        (await AskAsync(chat)).Served!.Provider.ShouldBe("first");
    }

    [Fact]
    public async Task When_all_are_switched_off_the_error_says_so()
    {
        _engine.Controls.Set("first", new ProviderControl { IsEnabled = false });
        _engine.Controls.Set("second", new ProviderControl { SharePercent = 0 });

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => AskAsync(Chat()));

        error.Message.ShouldContain("switched off");
        error.Trace.Steps.Count.ShouldBe(2);
        (_first.Calls + _second.Calls).ShouldBe(0);
    }

    [Fact]
    public async Task A_switch_reaches_a_call_that_is_under_way()
    {
        var failing = new PlayedProvider("failing", [Act.Fail(ProviderFailure.Server)]);
        var client = _engine.CreateChatClient([new(failing, "m"), new(_first, "m"), new(_second, "m")]);
        var trace = new FallbackTrace();
        _engine.Controls.Set("first", new ProviderControl { IsEnabled = false });

        await client.GetResponseAsync([new(ChatRole.User, "hi")], null, trace);

        trace
            .Steps.Select(step => step.Outcome)
            .ShouldBe([FallbackStepOutcome.Failed, FallbackStepOutcome.Skipped, FallbackStepOutcome.Completed]);
    }

    [Fact]
    public async Task A_conversation_stays_on_its_side_of_a_share()
    {
        _engine.Controls.Set("first", new ProviderControl { SharePercent = 30 });
        FallbackChatClient chat = Chat();
        int firsts = 0;

        for (int i = 0; i < 300; i++)
        {
            string conversation = $"conversation-{i}";
            string served = (await AskAsync(chat, conversation)).Served!.Provider;
            (await AskAsync(chat, conversation)).Served!.Provider.ShouldBe(served);
            (served == "first").ShouldBe(_engine.Controls.IsWithinShare("first", conversation));
            firsts += served == "first" ? 1 : 0;
        }

        firsts.ShouldBeInRange(60, 120);
    }

    [Fact]
    public void A_share_that_grows_keeps_whom_it_had()
    {
        string[] conversations = [.. Enumerable.Range(0, 500).Select(i => $"c{i}")];
        HashSet<string> before = [];
        foreach (int share in (int[])[1, 5, 25, 50, 99, 100])
        {
            _engine.Controls.Set("first", new ProviderControl { SharePercent = share });
            HashSet<string> within = [.. conversations.Where(one => _engine.Controls.IsWithinShare("first", one))];
            before.IsSubsetOf(within).ShouldBeTrue();
            before = within;
        }
        before.Count.ShouldBe(500);
    }

    [Fact]
    public async Task Outside_its_share_a_provider_is_the_last_resort_rather_than_none()
    {
        var broken = new PlayedProvider("broken", [Act.Fail(ProviderFailure.Authentication)]);
        _engine.Controls.Set("first", new ProviderControl { SharePercent = 1 });
        var client = _engine.CreateChatClient([new(_first, "m"), new(broken, "m")]);
        var trace = new FallbackTrace();

        await client.GetResponseAsync([new(ChatRole.User, "hi")], null, trace);

        trace.Steps.Select(step => step.Provider).ShouldBe(["broken", "first"]);
        trace.Steps[1].Choice.ShouldBe("outside its share of 1 %");
    }

    [Fact]
    public async Task Without_a_conversation_each_call_is_drawn()
    {
        double draw = 0.29;
        var engine = new FallbackEngine(timeProvider: new ManualTimeProvider(), randomness: () => draw);
        engine.Controls.Set("first", new ProviderControl { SharePercent = 30 });
        FallbackChatClient chat = engine.CreateChatClient([new(_first, "m"), new(_second, "m")]);

        (await AskAsync(chat)).Served!.Provider.ShouldBe("first");
        draw = 0.31;
        (await AskAsync(chat)).Served!.Provider.ShouldBe("second");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(101)]
    public void A_share_out_of_range_is_refused_and_changes_nothing(int share)
    {
        var wrong = new ProviderControl { SharePercent = share };

        Should.Throw<ArgumentOutOfRangeException>(() => _engine.Controls.Set("first", wrong));
        Should.Throw<ArgumentOutOfRangeException>(() =>
            _engine.Controls.Replace(new Dictionary<string, ProviderControl> { ["first"] = wrong })
        );

        _engine.Controls.All.ShouldBeEmpty();
    }

    private FallbackChatClient Chat() => _engine.CreateChatClient([new(_first, "m"), new(_second, "m")]);

    private static async Task<FallbackTrace> AskAsync(FallbackChatClient chat, string? conversation = null)
    {
        var trace = new FallbackTrace { Conversation = conversation };
        await chat.GetResponseAsync([new(ChatRole.User, "hi")], null, trace);
        return trace;
    }
}
