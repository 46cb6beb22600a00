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
        ChatCompletion answer = await Collect(Streams.Tools);

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
        ChatCompletion answer = await Collect(
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

        ChatCompletion answer = await Collect(events.Replace("\n", newline, StringComparison.Ordinal));

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
            ChatCompletion whole = await Collect(events);
            for (int i = 0; i < 50; i++)
            {
                using var body = new ScriptedStream(Streams.Bytes(events), () => random.Next(1, 9));
                Json(await Collect(body)).ShouldBe(Json(whole));
            }
        }
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_stream_cut_anywhere_gives_the_exact_prefix_and_one_error()
    {
        foreach (string events in new[] { Streams.Minimal, Streams.Tools })
        {
            byte[] bytes = Streams.Bytes(events);
            List<string> all = await Pieces(bytes);
            for (int cut = 0; cut < bytes.Length; cut++)
            {
                foreach (Exception? error in new[] { null, new IOException("reset") })
                {
                    using var body = new ScriptedStream(bytes[..cut], error: error);
                    using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
                    ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
                    var pieces = new List<string>();
                    GroqStreamException failure = await Should.ThrowAsync<GroqStreamException>(async () =>
                    {
                        await foreach (ChatChunk chunk in stream)
                            pieces.Add(Json(chunk));
                    });

                    pieces.ShouldBe(all[..pieces.Count]);
                    pieces.Count.ShouldBe(Count(bytes.AsSpan(0, cut)));
                    failure.Reason.ShouldBe(error is null ? StreamFailure.Truncated : StreamFailure.ConnectionLost);
                    failure.InnerException.ShouldBe(error);
                    Json(failure.Partial!).ShouldBe(Json(stream.Snapshot()));
                    stream.Ending.ShouldBe(StreamEnding.Failed);
                    body.IsDisposed.ShouldBeTrue();
                }
            }
        }

        // Pieces that were complete before the cut: one per blank line that ends a chunk.
        static int Count(ReadOnlySpan<byte> bytes) => bytes.Count("\n\n"u8);
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_connection_that_really_breaks_is_one_stream_error_with_what_came()
    {
        await using StubServer server = await StubServer.StartAsync();
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Next(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync(Streams.Bytes(Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))));
            await context.Response.Body.FlushAsync();
            await seen.Task;
            context.Abort();
        });
        using GroqClient client = Clients.For(server);
        ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);

        var error = await Should.ThrowAsync<GroqStreamException>(async () =>
        {
            await foreach (ChatChunk _ in stream)
                seen.SetResult();
        });

        error.Reason.ShouldBe(StreamFailure.ConnectionLost);
        error.IsRetryable.ShouldBeTrue();
        error.Partial!.Text.ShouldBe("Hi");
        server.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [Requirement("CL-13", "CL-18")]
    [InlineData("event: error\n", ""","status_code":400""", typeof(GroqValidationException))]
    [InlineData("event: error\n", ""","status_code":503""", typeof(GroqServerException))]
    [InlineData("event: error\n", ""","status_code":429""", typeof(GroqRateLimitException))]
    [InlineData("event: error\n", "", null)]
    [InlineData("", ""","status_code":498""", typeof(GroqOverloadedException))]
    public async Task An_error_of_the_server_within_a_stream_is_typed(string eventLine, string status, Type? kind)
    {
        string events =
            Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))
            + eventLine
            + Streams.Event(
                $$$"""{"error":{"message":"Tool call validation failed","type":"invalid_request_error","code":"tool_use_failed","failed_generation":"{}"{{{status}}}}}"""
            );

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(events));

        error.Reason.ShouldBe(StreamFailure.ServerError);
        error.Message.ShouldBe("Tool call validation failed");
        error.Code.ShouldBe("tool_use_failed");
        error.FailedGeneration.ShouldBe("{}");
        error.Partial!.Text.ShouldBe("Hi");
        error.InnerException?.GetType().ShouldBe(kind);
        (error.InnerException is null).ShouldBe(kind is null);
        error.Status.ShouldBe((error.InnerException as GroqException)?.Status);
        error.IsRetryable.ShouldBe(error.Status is >= HttpStatusCode.TooManyRequests);
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task The_soft_error_of_a_chunk_ends_the_stream()
    {
        string events =
            Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))
            + Streams.Event(Streams.Chunk("{}", "\"stop\"", ""","x_groq":{"id":"r","error":"model stopped early"}"""))
            + Streams.Done;

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(events));

        error.Message.ShouldBe("model stopped early");
        error.Partial!.FinishReason.ShouldBe(FinishReason.Stop);
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData("{\"id\":")]
    [InlineData("nonsense")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"choices\":5}")]
    [InlineData("{} trailing")]
    public async Task A_piece_that_is_not_a_chunk_keeps_what_came(string data)
    {
        string events = Streams.Event(Streams.Chunk("""{"content":"Hi"}""")) + Streams.Event(data) + Streams.Done;

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(events));

        error.Reason.ShouldBe(StreamFailure.Malformed);
        error.IsRetryable.ShouldBeFalse();
        error.Partial!.Text.ShouldBe("Hi");
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData("content")]
    [InlineData("unknown_member")]
    public async Task Bytes_that_are_not_UTF8_are_found_even_where_nobody_looks(string member)
    {
        byte[] bytes = Streams.Bytes(
            Streams.Event(Streams.Chunk("""{"content":"Hi"}"""))
                + Streams.Event(Streams.Chunk($$"""{"{{member}}":"~"}"""))
                + Streams.Done
        );
        bytes[Array.IndexOf(bytes, (byte)'~')] = 0xFF;
        using var body = new ScriptedStream(bytes);

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(body));

        error.Reason.ShouldBe(StreamFailure.InvalidUtf8);
        error.Partial!.Text.ShouldBe("Hi");
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_stream_without_finish_or_end_mark_is_not_a_success(bool hasFinish)
    {
        string events = hasFinish
            ? Streams.Event(Streams.Chunk("""{"content":"Hi"}""", "\"stop\""))
            : Streams.Event(Streams.Chunk("""{"content":"Hi"}""")) + Streams.Done;

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(events));

        error.Reason.ShouldBe(StreamFailure.Truncated);
        error.Partial!.Text.ShouldBe("Hi");
    }

    [Fact]
    [Requirement("CL-12")]
    public async Task A_line_without_end_is_bounded()
    {
        using var body = new ScriptedStream(new byte[20 * 1024 * 1024], () => 65536);

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => Collect(body));

        error.Reason.ShouldBe(StreamFailure.Malformed);
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

    private static Task<ChatCompletion> Collect(string events) =>
        Collect(new MemoryStream(Encoding.UTF8.GetBytes(events)));

    private static async Task<ChatCompletion> Collect(Stream body)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(body));
        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        return await stream.CollectAsync();
    }

    private static async Task<List<string>> Pieces(byte[] bytes)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(new MemoryStream(bytes)));
        var pieces = new List<string>();
        await foreach (ChatChunk chunk in await client.Chat.StreamAsync(Requests.Hello))
            pieces.Add(Json(chunk));
        return pieces;
    }

    private static string Json(ChatChunk chunk) =>
        System.Text.Json.JsonSerializer.Serialize(chunk, GroqKit.Json.GroqJson.Context.ChatChunk);

    private static string Json(ChatCompletion answer) =>
        System.Text.Json.JsonSerializer.Serialize(answer, GroqKit.Json.GroqJson.Context.ChatCompletion);
}
