using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("PR-09", "GW-02", "GW-06")]
public sealed class OnBreakTests
{
    private const string Streamed = """{"stream":true,"messages":[{"role":"user","content":"Count"}]}""";
    private const string Refused = """{"error":{"message":"No assistant last.","type":"invalid_request_error"}}""";

    private static readonly RequestDelegate Breaks = Events(
        Chunks.Role,
        Chunks.Word("one two "),
        Chunks.Word("three four ")
    );

    private static readonly RequestDelegate Continues = Events(
        Chunks.Role,
        Chunks.Word("three four "),
        Chunks.Word("five six"),
        Chunks.Stop,
        Chunks.Done
    );

    [Fact]
    public async Task An_answer_goes_on_at_the_next_with_the_part_as_its_beginning_and_says_nothing_twice()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "continue"));
        string text = await answer.TextAsync();

        WordsOf(text).ShouldBe("one two three four five six");
        text.ShouldEndWith(Chunks.Done);
        text.ShouldNotContain("event: error");
        text.ShouldContain(": groqkit continue: groq/model-one broke (upstream_cut), second/model-two goes on\n\n");
        JsonNode change = Parsed(text).Single(chunk => chunk["groqkit"] is not null)["groqkit"]!;
        change["switch"]!.GetValue<string>().ShouldBe("continue");
        change["to"]!.GetValue<string>().ShouldBe("second/model-two");
        JsonArray asked = JsonNode.Parse(chain.Second.Requests.Single().Text)!["messages"]!.AsArray();
        asked.Count.ShouldBe(2);
        asked[1]!["role"]!.GetValue<string>().ShouldBe("assistant");
        asked[1]!["content"]!.GetValue<string>().ShouldBe("one two three four ");
        UsageRecord record = await chain.Gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Provider.ShouldBe("second");
        record.Fallback.ShouldBe("groq/model-one: upstream_cut (may be billed)");
        record.Estimated.ShouldBeTrue();
        record.Usage.Total.ShouldBeGreaterThan(79);
        chain.Gateway.Usage.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_fallback_that_refuses_the_part_leaves_one_clear_error_about_the_break()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Answer.Json(Refused, 400));

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "continue"));
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        string sent = Chunks.Role + Chunks.Word("one two ") + Chunks.Word("three four ");
        text.ShouldStartWith(sent);
        StreamTests.AssertErrorEvent(text[sent.Length..], "upstream_cut", answer.Header("x-request-id"));
        UsageRecord record = await chain.Gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.UpstreamFailed);
        record.Provider.ShouldBe("groq");
        record.Fallback.ShouldNotBeNull().ShouldContain("second/model-two");
    }

    [Fact]
    public async Task Calls_of_tools_are_not_gone_on_with()
    {
        const string Call =
            "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"id\":\"t\",\"function\":{\"name\":\"f\",\"arguments\":\"{\"}}]},\"finish_reason\":null}]}\n\n";
        await using Chain chain = await Chain.StartAsync(Events(Chunks.Role, Call), Continues);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "continue"));
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        text.ShouldContain("upstream_cut");
        chain.Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_restart_is_announced_and_begins_anew()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "restart"));
        string text = await answer.TextAsync();

        string[] halves = text.Split(
            ": groqkit restart: groq/model-one broke (upstream_cut), second/model-two goes on\n\n"
        );
        WordsOf(halves[0]).ShouldBe("one two three four ");
        WordsOf(halves[1]).ShouldBe("three four five six");
        text.ShouldEndWith(Chunks.Done);
        JsonNode.Parse(chain.Second.Requests.Single().Text)!["messages"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Held_words_make_a_break_among_them_unnoticed()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "hold"));
        string text = await answer.TextAsync();

        WordsOf(text).ShouldBe("three four five six");
        answer.Header("x-groqkit-fallback").ShouldBe("groq/model-one: upstream_cut");
    }

    [Fact]
    public async Task A_break_after_the_held_words_is_an_error()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues, "--GroqKit:Streams:HoldTokens=2");

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "hold"));
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        WordsOf(text.Split("event: error")[0]).ShouldBe("one two three four ");
        chain.Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Silence_in_mid_stream_is_a_break()
    {
        RequestDelegate stops = async context =>
        {
            await Breaks(context);
            await UntilGoneAsync(context);
        };
        await using Chain chain = await Chain.StartAsync(stops, Continues, "--GroqKit:Deadlines:Gap=200ms");

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "continue"));

        WordsOf(await answer.TextAsync()).ShouldBe("one two three four five six");
    }

    [Fact]
    public async Task The_agent_says_what_happens_where_the_caller_does_not()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues);
        AdminAnswer set = await chain.Gateway.AdminAsync(
            HttpMethod.Patch,
            "/api/agents/helper",
            """{"onBreak":"continue"}"""
        );
        ((int)set.Status).ShouldBe(200, set.Body.ToString());

        using HttpResponseMessage byAgent = await chain.AskAsync(Streamed);
        using HttpResponseMessage byHeader = await chain.AskAsync(Streamed, ("x-groqkit-on-break", "fail"));

        WordsOf(await byAgent.TextAsync()).ShouldBe("one two three four five six");
        (await byHeader.UntilBrokenAsync()).Text.ShouldContain("event: error");
    }

    [Theory]
    [InlineData("retry")]
    [InlineData("")]
    [InlineData("FAIL")]
    public async Task An_unknown_mode_is_refused_by_name(string mode)
    {
        await using Chain chain = await Chain.StartAsync(Breaks, Continues);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed, ("x-groqkit-on-break", mode));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync())["param"]!.GetValue<string>().ShouldBe("x-groqkit-on-break");
        chain.First.Requests.ShouldBeEmpty();
    }

    internal static string WordsOf(string stream) =>
        string.Concat(
            Parsed(stream).Select(chunk => chunk["choices"]?[0]?["delta"]?["content"]?.GetValue<string>() ?? "")
        );

    internal static IEnumerable<JsonNode> Parsed(string stream) =>
        stream
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Where(part => part.StartsWith("data: {", StringComparison.Ordinal))
            .Select(part => JsonNode.Parse(part["data: ".Length..])!);

    private static RequestDelegate Events(params string[] events) => Answer.Stream("text/event-stream", events);

    private static async Task UntilGoneAsync(HttpContext context)
    {
        var left = new TaskCompletionSource();
        await using var _ = context.RequestAborted.Register(left.SetResult);
        await left.Task;
    }
}
