using System.Text;
using GroqKit.Responses;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Responses;

[Requirement("CL-17", "CL-12")]
public sealed class ResponseStreamTests
{
    private static readonly ResponseRequest Hello = new() { Model = "m", Input = "hi" };

    [Fact]
    public async Task Known_events_are_typed_and_unknown_ones_are_kept_raw()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(ResponseStreams.Completed, ("x-request-id", "req_1"));
        using GroqClient client = Clients.For(server);

        await using ResponseStream stream = await client.Responses.StreamAsync(Hello);
        var events = new List<ResponseEvent>();
        await foreach (ResponseEvent one in stream)
            events.Add(one);

        events.Count.ShouldBe(10);
        events[0].Type.ShouldBe(ResponseEventType.Created);
        events[0].Response!.Id.ShouldBe("resp_1");
        events[3].Delta.ShouldBe("Hm.");
        ResponseEvent odd = events.Single(one => one.Raw is not null);
        odd.Type.Value.ShouldBe("response.brand_new");
        odd.Raw!.Value.GetProperty("delta").GetProperty("odd")[0].GetInt32().ShouldBe(1);
        events[^1].Type.ShouldBe(ResponseEventType.Completed);
        stream.Ending.ShouldBe(StreamEnding.Completed);
        stream.Metadata.RequestId.ShouldBe("req_1");
        stream.Usage!.TotalTokens.ShouldBe(12);
        stream.FirstToken.ShouldNotBeNull();
        stream.TokensPerSecond.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_stream_adds_up_to_the_whole_response()
    {
        Response answer = await Collect(ResponseStreams.Completed);

        answer.Status.ShouldBe(ResponseStatus.Completed);
        answer.OutputText.ShouldBe("Grüß dich 😀");
        answer.ReasoningText.ShouldBe("Hm.");
        answer.Usage!.CachedTokens.ShouldBe(2);
        answer.Usage.ReasoningTokens.ShouldBe(1);
        answer.Metadata.FirstToken.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_response_that_was_cut_ends_as_completed_and_says_why()
    {
        Response answer = await Collect(ResponseStreams.Incomplete);

        answer.Status.ShouldBe(ResponseStatus.Incomplete);
        answer.IncompleteDetails!.Reason.ShouldBe("max_output_tokens");
        answer.OutputText.ShouldBe("Grüß dich 😀");
    }

    [Fact]
    public async Task Arguments_of_a_function_are_joined()
    {
        Response answer = await Collect(
            ResponseStreams.Call + ResponseStreams.Event(ResponseStreams.Ending("completed", "completed"))
        );

        ResponseItem call = answer.FunctionCalls.ShouldHaveSingleItem();
        call.Arguments.ShouldBe("""{"a":1}""");
        call.CallId.ShouldBe("c");
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_response_that_failed_is_raised_with_what_came()
    {
        var error = await Should.ThrowAsync<GroqStreamException>(() => Collect(ResponseStreams.Failed));

        error.Reason.ShouldBe(StreamFailure.ServerError);
        error.Code.ShouldBe("server_error");
        error.Message.ShouldBe("It broke.");
        error.Partial.ShouldBeNull();
        var partial = error.PartialAnswer.ShouldBeOfType<Response>();
        partial.Status.ShouldBe(ResponseStatus.Failed);
        partial.Error!.Code.ShouldBe("server_error");
        partial.OutputText.ShouldBe("Grüß dich 😀");
        partial.Usage!.TotalTokens.ShouldBe(12);
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData(
        "event: error\ndata: {\"error\":{\"message\":\"no\",\"code\":\"x\",\"status_code\":503}}\n\n",
        "ServerError",
        "no"
    )]
    [InlineData(
        "event: error\ndata: {\"type\":\"error\",\"code\":\"x\",\"message\":\"no\",\"param\":null}\n\n",
        "ServerError",
        "no"
    )]
    [InlineData("data: {\"error\":{\"message\":\"no\",\"code\":\"x\"}}\n\n", "ServerError", "no")]
    [InlineData("data: {\"type\":\"response.output_text.delta\",\"delta\":[]}\n\n", "Malformed", null)]
    [InlineData("data: {\"type\":\"response.outp\n\n", "Malformed", null)]
    [InlineData("data: [1]\n\n", "Malformed", null)]
    [InlineData("data: {\"type\":\"\\ud800\"}\n\n", "Malformed", null)]
    [InlineData("data: {\"type\":\"response.output_text.delta\",\"delta\":\"\\ud800\"}\n\n", "Malformed", null)]
    [InlineData("data: [DONE]\n\n", "Truncated", null)]
    [InlineData("", "Truncated", null)]
    public async Task A_stream_that_breaks_keeps_what_came(string end, string reason, string? message)
    {
        var error = await Should.ThrowAsync<GroqStreamException>(() => Collect(ResponseStreams.Text + end));

        error.Reason.ToString().ShouldBe(reason);
        if (message is not null)
            error.Message.ShouldBe(message);
        error.PartialAnswer.ShouldBeOfType<Response>().OutputText.ShouldBe("Grüß dich 😀");
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_stream_cut_at_any_byte_gives_the_exact_prefix_and_one_error()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(ResponseStreams.Completed);
        int whole = bytes.AsSpan().IndexOf("event: response.completed"u8);
        for (int cut = 0; cut < whole; cut++)
        {
            using var body = new ScriptedStream(bytes[..cut], error: new IOException("reset"));
            using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
            ResponseStream stream = await client.Responses.StreamAsync(Hello);
            int count = 0;

            var error = await Should.ThrowAsync<GroqStreamException>(async () =>
            {
                await foreach (ResponseEvent _ in stream)
                    count++;
            });

            count.ShouldBe(Encoding.UTF8.GetString(bytes, 0, cut).Split("\n\n").Length - 1);
            error.Reason.ShouldBe(StreamFailure.ConnectionLost);
            stream.Ending.ShouldBe(StreamEnding.Failed);
            "Grüß dich 😀".ShouldStartWith(((Response)error.PartialAnswer!).OutputText);
            body.IsDisposed.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Leaving_early_cancels_and_a_second_reading_is_refused()
    {
        using var body = new ScriptedStream(Encoding.UTF8.GetBytes(ResponseStreams.Text), hangs: true);
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
        ResponseStream stream = await client.Responses.StreamAsync(Hello);

        await foreach (ResponseEvent _ in stream)
            break;

        stream.Ending.ShouldBe(StreamEnding.Cancelled);
        body.IsDisposed.ShouldBeTrue();
        await Should.ThrowAsync<InvalidOperationException>(() => stream.CollectAsync());
    }

    [Fact]
    public async Task Stopping_at_the_last_event_is_no_cancellation()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(ResponseStreams.Completed + "data: [DONE]\n\n");
        using GroqClient client = Clients.For(server);
        ResponseStream stream = await client.Responses.StreamAsync(Hello);

        await foreach (ResponseEvent one in stream)
        {
            if (one.Type == ResponseEventType.Completed)
                break;
        }

        stream.Ending.ShouldBe(StreamEnding.Completed);
    }

    private static async Task<Response> Collect(string events)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(events);
        using GroqClient client = Clients.For(server);
        ResponseStream stream = await client.Responses.StreamAsync(Hello);
        return await stream.CollectAsync();
    }
}
