using System.Text.Json.Nodes;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>Results of tools come in any order, or never; models see calls with their results behind them, and no others.</summary>
[Requirement("GW-19")]
public sealed class RealtimeToolTests
{
    [Fact]
    public async Task Calls_that_were_asked_for_together_are_one_message_with_their_results_behind_it()
    {
        List<ChatMessage> asked = await AskedAsync(
            Ask,
            Call("c1"),
            Call("c2"),
            Ask,
            Result("c2", "two"),
            Result("c1", "one")
        );

        asked
            .Select(message => message.Role)
            .ShouldBe([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Tool, ChatRole.User]);
        asked[1].Contents.OfType<FunctionCallContent>().Select(call => call.CallId).ShouldBe(["c1", "c2"]);
        asked
            .SelectMany(message => message.Contents)
            .OfType<FunctionResultContent>()
            .Select(result => result.Result)
            .ShouldBe(["one", "two"]);
    }

    [Fact]
    public async Task A_call_without_a_result_is_not_shown_to_the_model()
    {
        List<ChatMessage> asked = await AskedAsync(Ask, Call("c1"), Ask);

        asked.Select(message => message.Role).ShouldBe([ChatRole.User, ChatRole.User]);
    }

    [Fact]
    public async Task The_last_of_several_results_counts()
    {
        List<ChatMessage> asked = await AskedAsync(Ask, Call("c1"), Result("c1", "one"), Result("c1", "two"));

        asked[^1].Contents.OfType<FunctionResultContent>().Single().Result.ShouldBe("two");
        asked.Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_result_without_a_call_is_an_error()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say(Result("nobody", "x"));
        JsonNode error = (await line.HearAsync("error"))["error"]!;

        error["param"]!.ToString().ShouldBe("item.call_id");
        error["message"]!.ToString().ShouldContain("'nobody'");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_to_nothing_is_told()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say(Create);
        JsonNode details = (await line.HearAsync("response.done"))["response"]!["status_details"]!;

        details["error"]!["code"]!.ToString().ShouldBe("conversation_empty");
        line.Leave();
        await session;
    }

    private static async Task<List<ChatMessage>> AskedAsync(params string[] said)
    {
        var chat = ActedChat.Says("Yes, I am here.");
        Line line = new();
        Task session = RunAsync(line, chat);
        foreach (string item in said)
            line.Say(item);
        line.Say(Create);
        await line.HearAsync("response.done");
        line.Leave();
        await session;
        return chat.Asked.Single();
    }

    private static string Call(string id) =>
        $$$"""{"type":"conversation.item.create","item":{"type":"function_call","name":"look","call_id":"{{{id}}}","arguments":"{}"}}""";

    private static string Result(string id, string result) =>
        $$$"""{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"{{{id}}}","output":"{{{result}}}"}}""";
}
