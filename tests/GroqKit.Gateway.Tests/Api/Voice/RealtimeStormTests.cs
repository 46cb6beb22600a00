using System.Text.Json.Nodes;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Callers who do everything at once, in any order, and go at any moment: each is told once, and nothing runs on.</summary>
[Requirement("GW-19")]
public sealed class RealtimeStormTests : IAsyncLifetime
{
    private const string Ask =
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"Tell me."}]}}""";
    private const string Create = """{"type":"response.create"}""";
    private const string Cancel = """{"type":"response.cancel"}""";
    private const string Handled = """{"type":"session.update","session":{}}""";

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() =>
        _stand = await VoiceStand.StartAsync(new SimulatorOptions { RateLimits = RateLimitPlan.Off });

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    [Fact]
    public async Task Two_hundred_sessions_at_once_are_answered()
    {
        string[] outcomes = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => AnswerAsync()));

        outcomes.ShouldAllBe(outcome => outcome == "completed");
        await _stand.UntilIdleAsync();
    }

    [Fact]
    public async Task Answers_that_are_begun_and_cancelled_without_a_pause_are_told_one_by_one()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        await caller.SendAsync(Ask);
        for (int i = 0; i < 100; i++)
        {
            await caller.SendAsync(Create);
            await caller.SendAsync(Cancel);
        }

        List<string> types = await HandledAsync(caller);

        types.Count(type => type == "response.created").ShouldBe(100);
        types.Count(type => type == "response.done").ShouldBe(100);
        types.ShouldNotContain("error");
        await _stand.UntilIdleAsync();
    }

    [Fact]
    public async Task A_wish_for_an_answer_while_one_goes_on_is_an_error_each_time()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        await caller.SendAsync(Ask);
        await caller.SendAsync(Create);
        await caller.UntilAsync("response.created");
        for (int i = 0; i < 50; i++)
            await caller.SendAsync(Create);

        List<string> types = await HandledAsync(caller);

        // One that comes after the end of the first, if that was quick, begins the next.
        int errors = types.Count(type => type == "error");
        (errors + types.Count(type => type == "response.created")).ShouldBe(50);
        types.Count(type => type == "response.done").ShouldBeInRange(50 - errors, 51 - errors);
    }

    [Fact]
    public async Task An_item_may_be_asked_for_cut_and_deleted_while_it_is_said()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        await caller.SendAsync(Ask);
        await caller.SendAsync(Create);
        string item = (await caller.UntilAsync("response.output_audio.delta")).Text("item_id");
        for (int i = 0; i < 100; i++)
        {
            await caller.SendAsync($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
            await caller.SendAsync(
                $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{100 - i}}}"""
            );
        }
        await caller.SendAsync($$"""{"type":"conversation.item.delete","item_id":"{{item}}"}""");

        List<string> types = await HandledAsync(caller);

        types.ShouldNotContain("error");
        types.Count(type => type == "conversation.item.truncated").ShouldBe(100);
        types.ShouldContain("conversation.item.deleted");
    }

    [Fact]
    public async Task Callers_who_go_at_any_moment_leave_nothing_behind()
    {
        for (int round = 0; round < 30; round++)
        {
            using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
            await caller.SendAsync(Ask);
            await caller.SendAsync(Create);
            for (int i = 0; i < round; i++)
                await caller.NextAsync();
            caller.Leave();
        }

        await _stand.UntilIdleAsync();
    }

    private async Task<string> AnswerAsync()
    {
        using RealtimeCaller caller = await RealtimeCaller.ConnectAsync(_stand);
        await caller.SendAsync(Ask);
        await caller.SendAsync(Create);
        JsonObject response = (await caller.UntilAsync("response.done"))["response"]!.AsObject();
        return response["status_details"]?.ToJsonString() ?? response.Text("status");
    }

    private static async Task<List<string>> HandledAsync(RealtimeCaller caller)
    {
        await caller.SendAsync(Handled);
        var types = new List<string>();
        while (types.LastOrDefault() != "session.updated")
            types.Add((await caller.NextAsync()).TypeOf());
        return types;
    }
}
