using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class StreamTests
{
    private static readonly string Answered =
        Chunks.Role + Chunks.Word("Grüße ") + Chunks.Word("an 😀") + Chunks.Stop + Chunks.Done;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(100_000)]
    public async Task A_stream_arrives_byte_for_byte_however_it_is_cut(int size)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Answered);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (byte[] piece in bytes.Chunk(size))
            {
                await context.Response.Body.WriteAsync(piece);
                await context.Response.Body.FlushAsync();
            }
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(Answered);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Usage.ShouldBe(new TokenUsage(70, 9, 79));
        record.FinishReason.ShouldBe("stop");
        record.Streamed.ShouldBeTrue();
        record.FirstToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task Every_event_reaches_the_caller_before_the_next_is_sent()
    {
        var received = Channel.CreateUnbounded<bool>();
        string[] events =
        [
            Chunks.Role,
            .. Enumerable.Range(0, 50).Select(i => Chunks.Word($"w{i}")),
            Chunks.Stop,
            Chunks.Done,
        ];
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            foreach (string sent in events)
            {
                await context.Response.WriteAsync(sent);
                await context.Response.Body.FlushAsync();
                await received.Reader.ReadAsync(context.RequestAborted);
            }
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        await using Stream body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        byte[] buffer = new byte[64 * 1024];
        foreach (string expected in events)
        {
            int length = await body.ReadAtLeastAsync(
                buffer,
                expected.Length,
                true,
                TestContext.Current.CancellationToken
            );
            Encoding.UTF8.GetString(buffer, 0, length).ShouldBe(expected);
            received.Writer.TryWrite(true);
        }
    }

    [Fact]
    public async Task Comments_pass_at_once_and_carriage_returns_are_line_ends()
    {
        string odd = ": ping\n" + (Chunks.Role + Chunks.Word("a") + Chunks.Stop + Chunks.Done).Replace("\n", "\r\n");
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", [.. odd.Select(c => $"{c}")])
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(odd);
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(79);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("closed")]
    public async Task A_stream_cut_after_the_first_words_ends_with_one_error_event_and_no_clean_end(string how)
    {
        var received = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunks.Role + Chunks.Word("one") + Chunks.Word("two")[..40]);
            await context.Response.Body.FlushAsync();
            await received.Task;
            if (how == "cut")
                context.Abort();
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        received.SetResult();
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        text.ShouldStartWith(Chunks.Role + Chunks.Word("one"));
        string rest = text[(Chunks.Role + Chunks.Word("one")).Length..];
        AssertErrorEvent(rest, "upstream_cut", answer.Header("x-request-id"));
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.UpstreamFailed);
        record.Estimated.ShouldBeTrue();
        record.Usage.Prompt.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_server_that_answers_whole_still_gives_a_stream_to_who_asked_for_one()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));

        using HttpResponseMessage answer = await gateway.ChatAsync(
            RunningGateway.HelloStream[..^1] + ",\"stream_options\":{\"include_usage\":true}}"
        );

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        string text = await answer.TextAsync();
        text.ShouldEndWith(Chunks.Done);
        JsonNode[] chunks =
        [
            .. text.Split("data: ", StringSplitOptions.RemoveEmptyEntries)[..^1].Select(data => JsonNode.Parse(data)!),
        ];
        string.Concat(
                chunks.Select(chunk => (string?)chunk["choices"]!.AsArray().FirstOrDefault()?["delta"]?["content"])
            )
            .ShouldBe("Hi");
        chunks
            .Count(chunk => (string?)chunk["choices"]!.AsArray().FirstOrDefault()?["finish_reason"] == "stop")
            .ShouldBe(1);
        chunks[^1]["choices"]!.AsArray().ShouldBeEmpty();
        chunks[^1]["usage"]!["total_tokens"]!.GetValue<int>().ShouldBe(15);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Usage.Total.ShouldBe(15);
        record.Streamed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_answer_of_several_choices_is_whole_once_all_have_ended()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("a"), Chunks.Stop)
        );

        using HttpResponseMessage one = await gateway.ChatAsync(RunningGateway.HelloStream);
        using HttpResponseMessage two = await gateway.ChatAsync(RunningGateway.HelloStream[..^1] + ",\"n\":2}");
        (string cut, Exception? failure) = await two.UntilBrokenAsync();

        (await one.TextAsync()).ShouldEndWith(Chunks.Done);
        failure.ShouldNotBeNull();
        cut.ShouldNotContain("[DONE]");
        cut.ShouldContain("\"upstream_cut\"");
    }

    [Fact]
    public async Task A_stream_cut_before_the_first_event_is_a_plain_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.ErrorAsync())["code"]!.GetValue<string>().ShouldBe("upstream_cut");
    }

    [Fact]
    public async Task An_error_event_in_mid_stream_passes_and_ends_the_answer_uncleanly()
    {
        const string Error =
            "event: error\ndata: {\"error\":{\"message\":\"Tool failed\",\"type\":\"invalid_request_error\",\"status_code\":400";
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("one"), Error + "}}\n\n", Chunks.Done)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        string said = $"{Error},\"request_id\":\"{answer.Header("x-request-id")}\"}}}}\n\n";
        text.ShouldBe(Chunks.Role + Chunks.Word("one") + said);
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.UpstreamRefused);
    }

    [Theory]
    [InlineData("\"status_code\":503", 503)]
    [InlineData("\"status_code\":401", 502)]
    [InlineData("\"status_code\":7", 502)]
    [InlineData("\"code\":null", 502)]
    public async Task An_error_event_that_comes_first_is_an_error_answer(string member, int status)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream(
                "text/event-stream",
                $"event: error\ndata: {{\"error\":{{\"message\":\"Unavailable\",\"type\":\"t\",{member}}}}}\n\n"
            )
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        ((int)answer.StatusCode).ShouldBe(status);
        await answer.ErrorAsync();
    }

    [Theory]
    [InlineData("data: {\"id\":\"c1\",\"choices\":[{\"del\n\n")]
    [InlineData("data: nonsense\n\n")]
    [InlineData("data: {\"usage\":}\n\n")]
    public async Task A_garbled_event_never_reaches_the_caller(string garbled)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("one"), garbled, Chunks.Stop, Chunks.Done)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        text.ShouldStartWith(Chunks.Role + Chunks.Word("one"));
        AssertErrorEvent(
            text[(Chunks.Role + Chunks.Word("one")).Length..],
            "upstream_invalid_answer",
            answer.Header("x-request-id")
        );
    }

    [Fact]
    public async Task A_finished_stream_without_its_mark_gets_one()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("one"), Chunks.Stop)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("one") + Chunks.Stop + Chunks.Done);
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.Completed);
    }

    [Fact]
    public async Task The_answer_ends_with_its_mark_although_the_provider_goes_on()
    {
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            await Answer.Stream("text/event-stream", Answered, Chunks.Word("more"), Chunks.Done)(context);
            context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(Answered);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Words_that_look_like_the_protocol_stay_words()
    {
        string tricky =
            Chunks.Role
            + Chunks.Word("[DONE]")
            + Chunks.Word("\\n\\ndata: [DONE]\\n\\n")
            + Chunks.Word("usage")
            + Chunks.Word("\\\"usage\\\":{\\\"total_tokens\\\":9999}")
            + Chunks.Word("event: error")
            + Chunks.Stop
            + Chunks.Done;
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", tricky)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(tricky);
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(79);
    }

    [Fact]
    public async Task Usage_in_several_places_counts_once_and_the_larger_holds()
    {
        string twice =
            Chunks.Role
            + Chunks.Word("a")
            + Chunks.Stop
            + "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":70,\"completion_tokens\":11,\"total_tokens\":81}}\n\n"
            + Chunks.Done;
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Stream("text/event-stream", twice));

        using HttpResponseMessage answer = await gateway.ChatAsync(
            RunningGateway.HelloStream[..^1] + ",\"stream_options\":{\"include_usage\":true}}"
        );

        (await answer.TextAsync()).ShouldBe(twice);
        (await gateway.Usage.NextAsync()).Usage.ShouldBe(new TokenUsage(70, 11, 81));
    }

    [Fact]
    public async Task An_event_may_be_long()
    {
        string answered = Chunks.Role + Chunks.Word(new string('x', 1_000_000)) + Chunks.Stop + Chunks.Done;
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", answered)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync() == answered).ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_without_end_is_bounded()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunks.Role + "data: {");
            string more = new('x', 100_000);
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.WriteAsync(more);
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        (string text, Exception? failure) = await answer.UntilBrokenAsync();

        failure.ShouldNotBeNull();
        AssertErrorEvent(text[Chunks.Role.Length..], "upstream_answer_too_large", answer.Header("x-request-id"));
    }

    internal static void AssertErrorEvent(string text, string code, string? requestId)
    {
        text.ShouldStartWith("event: error\ndata: {");
        text.ShouldEndWith("}\n\n");
        text.ShouldNotContain("[DONE]");
        JsonObject error = JsonNode.Parse(text["event: error\ndata: ".Length..])!["error"]!.AsObject();
        error["code"]!.GetValue<string>().ShouldBe(code);
        error["type"]!.GetValue<string>().ShouldBe("upstream_error");
        error["request_id"]!.GetValue<string>().ShouldBe(requestId);
    }
}
