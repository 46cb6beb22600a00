using System.Net;
using System.Text;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

/// <summary>A stream that fails is one error with all that came before, whatever failed.</summary>
[Requirement("CL-12")]
public sealed class ChatStreamFailureTests
{
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
                            pieces.Add(StreamReading.Json(chunk));
                    });

                    pieces.ShouldBe(all[..pieces.Count]);
                    pieces.Count.ShouldBe(Count(bytes.AsSpan(0, cut)));
                    failure.Reason.ShouldBe(error is null ? StreamFailure.Truncated : StreamFailure.ConnectionLost);
                    failure.InnerException.ShouldBe(error);
                    StreamReading.Json(failure.Partial!).ShouldBe(StreamReading.Json(stream.Snapshot()));
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

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(events));

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

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(events));

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

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(events));

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

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(body));

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

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(events));

        error.Reason.ShouldBe(StreamFailure.Truncated);
        error.Partial!.Text.ShouldBe("Hi");
    }

    [Fact]
    [Requirement("CL-12")]
    public async Task A_line_without_end_is_bounded()
    {
        using var body = new ScriptedStream(new byte[20 * 1024 * 1024], () => 65536);

        GroqStreamException error = await Should.ThrowAsync<GroqStreamException>(() => StreamReading.Collect(body));

        error.Reason.ShouldBe(StreamFailure.Malformed);
    }

    private static async Task<List<string>> Pieces(byte[] bytes)
    {
        using GroqClient client = Clients.For(new ScriptedHandler().NextStream(new MemoryStream(bytes)));
        var pieces = new List<string>();
        await foreach (ChatChunk chunk in await client.Chat.StreamAsync(Requests.Hello))
            pieces.Add(StreamReading.Json(chunk));
        return pieces;
    }
}
