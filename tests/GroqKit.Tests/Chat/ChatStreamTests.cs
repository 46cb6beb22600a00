using System.Net;
using System.Text;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-12")]
public sealed class ChatStreamTests
{
    [Fact]
    [Requirement("CL-10", "CL-26")]
    public async Task A_stream_is_delivered_piece_by_piece_and_adds_up()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Streams.Minimal, ("x-request-id", "req_1"), ("x-ratelimit-remaining-tokens", "10"));
        using GroqClient client = Clients.For(server);

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        var texts = new List<string?>();
        await foreach (ChatChunk chunk in stream)
            texts.Add(chunk.Text);

        texts.ShouldBe(["", null, "Hi", " – \"ünd\" 😀", null]);
        stream.Ending.ShouldBe(StreamEnding.Completed);
        stream.Metadata.RequestId.ShouldBe("req_1");
        stream.Metadata.RateLimits.RemainingTokens.ShouldBe(10);
        stream.FirstToken!.Value.ShouldBeGreaterThanOrEqualTo(stream.Metadata.Elapsed);
        stream.Total!.Value.ShouldBeGreaterThanOrEqualTo(stream.FirstToken.Value);
        stream.TokensPerSecond.ShouldNotBeNull();
        ChatCompletion answer = stream.Snapshot();
        answer.Text.ShouldBe("Hi – \"ünd\" 😀");
        answer.Message!.Reasoning.ShouldBe("Short.");
        answer.FinishReason.ShouldBe(FinishReason.Stop);
        answer.Usage!.TotalTokens.ShouldBe(79);
        answer.XGroq!.Id.ShouldBe("req_1");
        answer.XGroq.Seed.ShouldBe(7);
        answer.SystemFingerprint.ShouldBe("fp_x");
        answer.Model.ShouldBe("openai/gpt-oss-20b");
        answer.Metadata.FirstToken.ShouldBe(stream.FirstToken);
    }

    [Fact]
    public async Task Tool_calls_and_server_tools_are_joined_by_index_and_the_larger_usage_counts()
    {
        ChatCompletion answer = await StreamReading.Collect(Streams.Tools);

        answer.Message!.Content.ShouldBeNull();
        answer
            .Message.ToolCalls!.Select(call => (call.Id, call.Function.Name, call.Function.Arguments))
            .ShouldBe([("call_a", "f", """{"a":1}"""), ("call_b", "g", "{}")]);
        ExecutedTool tool = answer.Message.ExecutedTools!.ShouldHaveSingleItem();
        tool.Type.ShouldBe("browser_search");
        tool.Arguments.ShouldBe("{}");
        tool.Output.ShouldBe("found");
        answer.Message.Annotations!.Count.ShouldBe(1);
        answer.Message.AdditionalProperties!["odd"].GetBoolean().ShouldBeTrue();
        answer.Usage!.TotalTokens.ShouldBe(90);
        answer.FinishReason.ShouldBe(FinishReason.ToolCalls);
    }

    [Theory]
    [InlineData(79, 90, 90)]
    [InlineData(90, 79, 90)]
    [InlineData(79, 79, 79)]
    public async Task Usage_that_comes_twice_is_never_added(int first, int second, int expected)
    {
        ChatCompletion answer = await StreamReading.Collect(
            Streams.Event(
                Streams.Chunk(
                    "{}",
                    "\"stop\"",
                    $$""","x_groq":{"usage":{{Streams.Usage(first)}}},"usage":{{Streams.Usage(second)}}"""
                )
            ) + Streams.Done
        );

        answer.Usage!.TotalTokens.ShouldBe(expected);
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    [InlineData("\n")]
    public async Task Any_line_end_comments_other_fields_and_several_data_lines_are_read(string newline)
    {
        string events =
            "\uFEFF: hello\nid: 7\nretry: 10\nevent: message\n"
            + Streams.Event(
                Streams
                    .Chunk("""{"content":"a"}""")
                    .Replace(",\"choices\"", ",\ndata: \"choices\"", StringComparison.Ordinal)
            )
            + ":\n\nevent: ping\n\ndata:\n\n"
            + Streams.Event(Streams.Chunk("""{"content":"[DONE]"}"""))
            + Streams.Event(Streams.Chunk("{}", "\"stop\""))
            + Streams.Done;

        ChatCompletion answer = await StreamReading.Collect(events.Replace("\n", newline, StringComparison.Ordinal));

        answer.Text.ShouldBe("a[DONE]");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Any_cutting_into_portions_gives_the_same_answer(int seed)
    {
        var random = new Random(seed);
        foreach (string events in new[] { Streams.Minimal, Streams.Tools })
        {
            ChatCompletion whole = await StreamReading.Collect(events);
            for (int i = 0; i < 50; i++)
            {
                using var body = new ScriptedStream(Streams.Bytes(events), () => random.Next(1, 9));
                StreamReading.Json(await StreamReading.Collect(body)).ShouldBe(StreamReading.Json(whole));
            }
        }
    }

    [Theory]
    [Requirement("CL-09", "CL-13")]
    [InlineData("", TimeoutPhase.FirstChunk)]
    [InlineData("Hi", TimeoutPhase.BetweenChunks)]
    public async Task Silence_ends_a_stream_and_names_the_phase(string text, TimeoutPhase phase)
    {
        var clock = new ManualTimeProvider();
        using var body = new ScriptedStream(
            Streams.Bytes(Streams.Event(Streams.Chunk($$"""{"content":"{{text}}"}"""))),
            hangs: true
        );
        using GroqClient client = Clients.For(
            new ScriptedHandler().NextStream(body),
            options => options.TimeProvider = clock
        );
        ChatStream stream = await client.Chat.StreamAsync(
            Requests.Hello,
            new CallOptions { StreamIdleTimeout = TimeSpan.FromSeconds(3) }
        );
        Task<ChatCompletion> reading = stream.CollectAsync();

        clock.Pending.ShouldBe([TimeSpan.FromSeconds(3)]);
        clock.Advance(TimeSpan.FromSeconds(3));

        var error = await Should.ThrowAsync<GroqStreamException>(() => reading);
        error.Reason.ShouldBe(StreamFailure.Idle);
        error.Partial!.Text.ShouldBe(text);
        error.InnerException.ShouldBeOfType<GroqTimeoutException>().Phase.ShouldBe(phase);
        stream.Ending.ShouldBe(StreamEnding.Failed);
        body.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Its_reader_may_cancel_a_stream_with_either_token(bool withCallToken)
    {
        using var source = new CancellationTokenSource();
        using var body = new ScriptedStream(
            Streams.Bytes(Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))),
            hangs: true
        );
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
        ChatStream stream = await client.Chat.StreamAsync(
            Requests.Hello,
            cancellationToken: withCallToken ? source.Token : default
        );
        Task<ChatCompletion> reading = stream.CollectAsync(withCallToken ? default : source.Token);

        await source.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(() => reading)).CancellationToken.ShouldBe(source.Token);
        stream.Ending.ShouldBe(StreamEnding.Cancelled);
        stream.Snapshot().Text.ShouldBe("Hi");
        body.IsDisposed.ShouldBeTrue();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Leaving_early_closes_the_connection(bool byBreak)
    {
        await using StubServer server = await StubServer.StartAsync();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Next(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Streams.Bytes(Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))));
            await context.Response.Body.FlushAsync();
            await left.Task;
        });
        using GroqClient client = Clients.For(server);
        ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);

        if (byBreak)
        {
            await foreach (ChatChunk _ in stream)
                break;
        }
        else
        {
            await stream.DisposeAsync();
        }

        await left.Task.WaitAsync(TimeSpan.FromSeconds(30));
        stream.Ending.ShouldBe(StreamEnding.Cancelled);
        stream.Total.ShouldNotBeNull();
        Should.Throw<InvalidOperationException>(() => stream.GetAsyncEnumerator());
    }

    [Fact]
    [Requirement("CL-18")]
    public async Task An_error_before_the_stream_is_a_plain_typed_error()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(413, """{"error":{"message":"Request too large","type":"tokens","code":"rate_limit_exceeded"}}""");
        server.Next(200, "<html>", "text/html");
        server.Next(200, """{"error":{"message":"late","status_code":503}}""");
        using GroqClient client = Clients.For(server);

        await Should.ThrowAsync<GroqRateLimitException>(() => client.Chat.StreamAsync(Requests.Hello));
        await Should.ThrowAsync<GroqServerException>(() => client.Chat.StreamAsync(Requests.Hello));
        (await Should.ThrowAsync<GroqServerException>(() => client.Chat.StreamAsync(Requests.Hello))).Message.ShouldBe(
            "late"
        );
    }

    [Fact]
    [Requirement("CL-12")]
    public async Task A_piece_is_delivered_while_the_next_is_still_on_its_way()
    {
        await using StubServer server = await StubServer.StartAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Next(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Streams.Bytes(Streams.Event(Streams.Chunk("""{"content":"a"}"""))));
            await context.Response.Body.FlushAsync();
            await seen.Task;
            await context.Response.Body.WriteAsync(
                Streams.Bytes(Streams.Event(Streams.Chunk("""{"content":"b"}""", "\"stop\"")) + Streams.Done)
            );
        });
        using GroqClient client = Clients.For(server);
        ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);

        await foreach (ChatChunk _ in stream)
            seen.TrySetResult();

        stream.Snapshot().Text.ShouldBe("ab");
    }
}
