using System.Net;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("PR-09", "GW-03", "GW-06")]
public sealed class FailoverTests
{
    private const string Whole = """{"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Streamed = """{"stream":true,"messages":[{"role":"user","content":"Hello"}]}""";
    private const string Error = """{"error":{"message":"No.","type":"server_error","code":"x"}}""";

    private const string Mistake = """{"error":{"message":"No.","type":"invalid_request_error","code":"x"}}""";

    private static readonly RequestDelegate WorksWhole = Answer.Json(Chunks.Whole);

    private static readonly RequestDelegate WorksStreamed = Answer.Stream(
        "text/event-stream",
        Chunks.Role,
        Chunks.Word("Hi"),
        Chunks.Stop,
        Chunks.Done
    );

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(429)]
    [InlineData(498)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task A_refusal_leads_to_the_next_of_the_chain(int status)
    {
        await using Chain chain = await Chain.StartAsync(Answer.Json(Error, status), WorksWhole);

        using HttpResponseMessage answer = await chain.AskAsync(Whole);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
        answer.Header("x-groqkit-provider").ShouldBe("second");
        answer.Header("x-groqkit-model").ShouldBe("model-two");
        answer.Header("x-groqkit-fallback").ShouldNotBeNull().ShouldStartWith("groq/model-one: ");
        UsageRecord record = await chain.Gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Provider.ShouldBe("second");
        record.Fallback.ShouldNotBeNull().ShouldStartWith("groq/model-one: ");
        record.Usage.Total.ShouldBe(15);
        chain.Gateway.Usage.Waiting.ShouldBe(0);
    }

    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("data: {\"choices\":[{\"delta\":{\"content\":\"x\"}]}\n\n" + Chunks.Stop + Chunks.Done)]
    [InlineData(
        "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],\"x_groq\":{\"error\":\"overloaded\"}}\n\n"
            + Chunks.Done
    )]
    public async Task A_stream_that_only_looks_whole_leads_to_the_next_of_the_chain(string events)
    {
        await using Chain chain = await Chain.StartAsync(Answer.Stream("text/event-stream", events), WorksStreamed);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + Chunks.Stop + Chunks.Done);
        answer.Header("x-groqkit-provider").ShouldBe("second");
    }

    [Theory]
    [InlineData("application/json", "{}")]
    [InlineData("application/json", "{\"choices\":{}}")]
    [InlineData("text/event-stream", Chunks.Role + Chunks.Stop + Chunks.Done)]
    public async Task What_is_no_answer_to_who_waits_for_an_object_leads_to_the_next_of_the_chain(
        string type,
        string body
    )
    {
        await using Chain chain = await Chain.StartAsync(Answer.Stream(type, body), WorksWhole);

        using HttpResponseMessage answer = await chain.AskAsync(Whole);

        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
        answer.Header("x-groqkit-provider").ShouldBe("second");
    }

    [Theory]
    [InlineData(400)]
    [InlineData(422)]
    public async Task The_callers_mistake_is_not_routed_around(int status)
    {
        await using Chain chain = await Chain.StartAsync(Answer.Json(Mistake, status), WorksWhole);

        using HttpResponseMessage answer = await chain.AskAsync(Whole);

        ((int)answer.StatusCode).ShouldBe(status);
        answer.Header("x-groqkit-fallback").ShouldBeNull();
        chain.Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_next_is_asked_for_its_own_model_with_the_callers_own_words()
    {
        await using Chain chain = await Chain.StartAsync(Answer.Json(Error, 503), WorksWhole);

        (await chain.AskAsync(Whole)).Dispose();

        string asked = chain.Second.Requests.Single().Text;
        asked.ShouldContain("\"model\":\"model-two\"");
        asked.ShouldContain("\"content\":\"Hello\"");
        asked.ShouldNotContain("model-one");
        chain.Second.Requests.Single().Headers["Authorization"].ToString().ShouldBe("Bearer sk-second-key-0123456789");
    }

    [Fact]
    public async Task A_connection_that_breaks_before_the_answer_leads_to_the_next()
    {
        await using Chain chain = await Chain.StartAsync(Breaks, WorksStreamed);

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldContain("Hi");
        answer.Header("x-groqkit-fallback").ShouldBe("groq/model-one: upstream_cut");
    }

    [Fact]
    public async Task Silence_leads_to_the_next_in_time()
    {
        await using Chain chain = await Chain.StartAsync(
            Hangs(),
            WorksStreamed,
            "--GroqKit:Deadlines:FirstOutput=200ms"
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldContain("Hi");
        answer.Header("x-groqkit-fallback").ShouldBe("groq/model-one: upstream_timeout");
    }

    [Fact]
    public async Task A_stream_of_roles_and_heartbeats_for_ever_is_no_answer()
    {
        await using Chain chain = await Chain.StartAsync(
            Hangs(Chunks.Role, ": still here\n\n", Chunks.Role),
            WorksStreamed,
            "--GroqKit:Deadlines:FirstOutput=200ms"
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        string text = await answer.TextAsync();
        text.ShouldBe(Chunks.Role + Chunks.Word("Hi") + Chunks.Stop + Chunks.Done);
        (await chain.Gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public async Task A_stream_that_begins_with_an_error_leads_to_the_next()
    {
        await using Chain chain = await Chain.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, $"event: error\ndata: {Error}\n\n"),
            WorksStreamed
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + Chunks.Stop + Chunks.Done);
    }

    [Fact]
    public async Task A_malformed_beginning_leads_to_the_next()
    {
        await using Chain chain = await Chain.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, "data: {broken\n\n"),
            WorksStreamed
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + Chunks.Stop + Chunks.Done);
    }

    [Fact]
    public async Task A_garbled_whole_answer_leads_to_the_next()
    {
        await using Chain chain = await Chain.StartAsync(Answer.Json("{\"choices\":"), WorksWhole);

        using HttpResponseMessage answer = await chain.AskAsync(Whole);

        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
    }

    [Fact]
    public async Task A_break_after_words_is_one_error_and_nobody_else_is_asked()
    {
        await using Chain chain = await Chain.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("one ")),
            WorksStreamed
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        text.ShouldStartWith(Chunks.Role + Chunks.Word("one "));
        text.ShouldContain("event: error");
        text.ShouldNotContain("[DONE]");
        failure.ShouldNotBeNull();
        chain.Second.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task When_all_fail_the_caller_gets_the_last_error_and_the_account_says_who_was_asked()
    {
        await using Chain chain = await Chain.StartAsync(Answer.Json(Error, 500), Answer.Json(Error, 503));

        using HttpResponseMessage answer = await chain.AskAsync(Whole);

        ((int)answer.StatusCode).ShouldBe(503);
        UsageRecord record = await chain.Gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.UpstreamRefused);
        record.Provider.ShouldBe("second");
        record.Fallback.ShouldNotBeNull();
        chain.Gateway.Usage.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task An_answer_of_no_words_arrives_as_it_is()
    {
        await using Chain chain = await Chain.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Stop, Chunks.Done),
            WorksStreamed
        );

        using HttpResponseMessage answer = await chain.AskAsync(Streamed);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Stop + Chunks.Done);
        chain.Second.Requests.ShouldBeEmpty();
    }

    private static Task Breaks(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }

    private static RequestDelegate Hangs(params string[] pieces) =>
        async context =>
        {
            if (pieces.Length > 0)
                await Answer.Stream("text/event-stream", pieces)(context);
            var left = new TaskCompletionSource();
            await using var _ = context.RequestAborted.Register(left.SetResult);
            await left.Task;
        };
}
