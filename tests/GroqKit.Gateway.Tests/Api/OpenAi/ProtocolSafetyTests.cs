using System.Net;
using System.Text;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02", "GW-18")]
public sealed class ProtocolSafetyTests
{
    private const string Head = "POST /v1/chat/completions HTTP/1.1\r\nHost: h\r\n";
    private const string Auth = "Authorization: Bearer " + RunningGateway.Key + "\r\n";
    private const string Smuggled = "GET /v1/models HTTP/1.1\r\nHost: h\r\n" + Auth + "\r\n";

    private static readonly string[] Dangerous =
    [
        "Set-Cookie",
        "Server",
        "Keep-Alive",
        "Proxy-Authenticate",
        "Proxy-Connection",
        "Trailer",
        "Upgrade",
        "Via",
        "X-Evil",
        "x-ratelimit-remaining-tokens",
        "cf-ray",
        "openai-organization",
    ];

    public static TheoryData<string, string, string> Shapes =>
        new()
        {
            { "both lengths", "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400" },
            {
                "both lengths, the other way",
                "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
                "400"
            },
            { "two codings", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n", "400" },
            {
                "the same coding twice",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "400"
            },
            { "a coding under the chunks", "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "400" },
            { "a coding that is none", "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400" },
            { "a compressed coding", "Transfer-Encoding: gzip\r\n\r\n0\r\n\r\n", "400" },
            { "a space before the colon", "Content-Length : 5\r\n\r\n12345", "400" },
            { "a negative length", "Content-Length: -1\r\n\r\n", "400" },
            { "two lengths in one", "Content-Length: 5, 5\r\n\r\n12345", "400" },
            { "a chunk with a sign", "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n", "400" },
            { "a chunk without end", "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n", "400" },
            { "a folded header", "X: 1\r\n Content-Length: 5\r\n\r\n12345", "400" },
            { "a header without a colon", "Content-Length 5\r\n\r\n12345", "400" },
        };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task No_shape_of_a_request_hides_another_one_in_it(string shape, string rest, string status)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);

        await raw.SendAsync(Head + Auth + rest + Smuggled);
        string answers = await raw.ReadToEndAsync();

        answers.ShouldStartWith($"HTTP/1.1 {status} ", Case.Sensitive, shape);
        answers.Split("HTTP/1.1 ").Length.ShouldBe(2, shape + ": " + answers);
        gateway.Provider.Requests.ShouldBeEmpty(shape);
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"m","prompt":"Hi"}""")]
    [InlineData("/v1/responses", """{"model":"m","input":"Hi"}""")]
    [InlineData("/v1/embeddings", """{"model":"m","input":"Hi"}""")]
    [InlineData("/v1/audio/speech", """{"model":"m","input":"Hi","voice":"autumn"}""")]
    public async Task On_no_path_do_headers_of_one_side_reach_the_other(string path, string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            foreach (string name in Dangerous)
                context.Response.Headers[name] = "from-the-provider";
            await Answer.Json(Chunks.Whole)(context);
        });

        using HttpResponseMessage answer = await gateway.PostJsonAsync(
            path,
            body,
            [
                ("Cookie", "from-the-caller"),
                ("X-Forwarded-For", "10.0.0.1"),
                ("Forwarded", "for=10.0.0.1"),
                ("OpenAI-Organization", "org-of-the-caller"),
                ("X-Stainless-Lang", "js"),
                ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
            ]
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        string.Concat(answer.Headers.Concat(answer.Content.Headers).SelectMany(header => header.Value))
            .ShouldNotContain("from-the-provider");
        var sent = gateway.Provider.Requests.ShouldHaveSingleItem().Headers;
        sent.Keys.ShouldBeSubsetOf([
            "Accept",
            "Authorization",
            "Content-Length",
            "Content-Type",
            "Host",
            "Transfer-Encoding",
            "User-Agent",
        ]);
        sent["Authorization"].ShouldBe("Bearer " + RunningGateway.ProviderKey);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_providers_error_cannot_write_events_of_its_own(bool midway)
    {
        const string Error =
            "{\"error\":{\"message\":\"down\\n\\ndata: [DONE]\\n\\n\",\"type\":\"server_error\\r\\nx: 1\",\"code\":\"x\\n\"}}";
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream(
                "text/event-stream",
                midway ? Chunks.Role + Chunks.Word("some words") : "",
                "event: error\ndata: " + Error + "\n\n"
            )
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);
        (string text, _) = await answer.UntilBrokenAsync();

        text.ShouldNotContain("\ndata: [DONE]");
        text.ShouldNotContain("\nx: 1");
        if (midway)
            text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^1].ShouldContain("error");
        else
            ((int)answer.StatusCode).ShouldBeGreaterThanOrEqualTo(400);
    }

    [Fact]
    public async Task A_caller_that_is_slow_with_its_headers_is_let_go()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Chunks.Whole),
            "--GroqKit:Deadlines:RequestHeaders=1s"
        );
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);

        await raw.SendAsync(Head + Auth + "X-Slow: ");
        string answer = await raw.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408 ");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_is_slow_with_its_body_is_let_go_and_accounted_for()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address);

        await raw.SendAsync(Head + Auth + "Content-Length: 1000\r\n\r\n{\"model\"");
        string answer = await raw.ReadToEndAsync();

        answer.ShouldStartWith("HTTP/1.1 408 ");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Refused);
        record.Usage.IsEmpty.ShouldBeTrue();
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_caller_that_does_not_read_holds_its_provider_back_and_is_let_go()
    {
        byte[] piece = Encoding.ASCII.GetBytes(Chunks.Word(new string('x', 16_000)));
        long written = 0;
        long held = 0;
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            async context =>
            {
                context.RequestAborted.Register(left.SetResult);
                context.Response.ContentType = "text/event-stream";
                while (!context.RequestAborted.IsCancellationRequested)
                {
                    // A write is a flush too: it waits while nobody reads. Once the connection is gone, nothing waits any more.
                    ValueTask write = context.Response.Body.WriteAsync(piece, context.RequestAborted);
                    written += piece.Length;
                    if (!write.IsCompleted)
                        Volatile.Write(ref held, written);
                    await write;
                }
            },
            "--GroqKit:Limits:SlowestReader=1000000"
        );
        await using RawConnection raw = await RawConnection.OpenAsync(gateway.Address, receiveBuffer: 4096);
        byte[] body = Encoding.ASCII.GetBytes(RunningGateway.HelloStream);

        await raw.SendAsync(Head + Auth + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        await raw.SendAsync(body);
        await left.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.ClientGone);
        // What the system's own buffers hold on two connections, and not the gigabytes that a provider could write by then.
        Volatile.Read(ref held).ShouldBeInRange(1, 64 * 1024 * 1024);
    }
}
