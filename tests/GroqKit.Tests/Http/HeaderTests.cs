using GroqKit.Authentication;

namespace GroqKit.Tests.Http;

public sealed class HeaderTests
{
    [Fact]
    [Requirement("CL-09")]
    public async Task Own_headers_go_out_and_a_call_beats_the_client()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"object":"list","data":[]}""");
        using GroqClient client = Clients.For(
            server,
            options =>
            {
                options.Headers["x-team"] = "blue";
                options.Headers["x-both"] = "client";
                options.UserAgent = "my-app/1.2";
            }
        );

        await client.Models.ListAsync(
            new CallOptions
            {
                RequestId = "req-7",
                Headers = new Dictionary<string, string> { ["x-both"] = "call" },
            },
            TestContext.Current.CancellationToken
        );

        IReadOnlyDictionary<string, string> headers = server.Requests.Single().Headers;
        headers["x-team"].ShouldBe("blue");
        headers["x-both"].ShouldBe("call");
        headers["x-request-id"].ShouldBe("req-7");
        headers["authorization"].ShouldBe("Bearer " + Clients.Key);
        headers["user-agent"].ShouldStartWith("my-app/1.2 GroqKit/");
        headers["accept"].ShouldBe("application/json");
    }

    [Theory]
    [Requirement("CL-09", "CL-23")]
    [InlineData("x-a", "1\r\nX-Evil: 1")]
    [InlineData("x-a", "1\n")]
    [InlineData("x-a", "\u0000")]
    [InlineData("x-a", "ä")]
    [InlineData("x a", "1")]
    [InlineData("x-a\r\nX-Evil", "1")]
    [InlineData("", "1")]
    [InlineData("Host", "example.com")]
    [InlineData("Authorization", "Bearer other")]
    [InlineData("Content-Length", "5")]
    [InlineData("Transfer-Encoding", "chunked")]
    public async Task A_header_that_could_break_a_request_is_refused_unsent(string name, string value)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            client.Models.ListAsync(
                new CallOptions { Headers = new Dictionary<string, string> { [name] = value } },
                TestContext.Current.CancellationToken
            )
        );

        error.Parameter!.ShouldStartWith("Headers[");
        error.Attempts.ShouldBe(0);
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task Options_of_a_call_are_checked_by_name()
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);
        (CallOptions Options, string Name)[] cases =
        [
            (new CallOptions { Timeout = TimeSpan.Zero }, "Timeout"),
            (new CallOptions { StreamIdleTimeout = TimeSpan.FromDays(2) }, "StreamIdleTimeout"),
            (new CallOptions { MaxRetries = -1 }, "MaxRetries"),
            (new CallOptions { RequestId = "a\nb" }, "RequestId"),
        ];

        foreach (var (options, name) in cases)
        {
            (
                await Should.ThrowAsync<GroqValidationException>(() => client.Models.ListAsync(options))
            ).Parameter.ShouldBe(name);
        }
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    [Requirement("CL-06")]
    public async Task A_key_rotates_without_a_restart()
    {
        await using StubServer server = await StubServer.StartAsync();
        var authentication = new ApiKeyAuthentication("gsk_old");
        using GroqClient client = Clients.For(server, options => options.Authentication = authentication);
        server.Next(200, """{"object":"list","data":[]}""");
        server.Next(200, """{"object":"list","data":[]}""");

        await client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken);
        authentication.Rotate("gsk_new");
        Should.Throw<GroqConfigurationException>(() => authentication.Rotate("bad key"));
        await client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        server
            .Requests.Select(request => request.Headers["authorization"])
            .ShouldBe(["Bearer gsk_old", "Bearer gsk_new"]);
    }

    [Fact]
    [Requirement("CL-06")]
    public async Task A_key_from_a_vault_is_asked_for_before_every_attempt()
    {
        await using StubServer server = await StubServer.StartAsync();
        int asked = 0;
        var source = new ApiKeySource(_ => ValueTask.FromResult(new ApiKey($"gsk_{++asked}")));
        using GroqClient client = Clients.For(
            server,
            options =>
            {
                options.Authentication = source;
                options.Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.Zero };
            }
        );
        server.Next(500, "");
        server.Next(200, """{"object":"list","data":[]}""");

        await client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken);

        server.Requests.Select(request => request.Headers["authorization"]).ShouldBe(["Bearer gsk_1", "Bearer gsk_2"]);
    }

    [Fact]
    [Requirement("CL-23")]
    public async Task A_redirect_is_not_followed_so_the_key_goes_nowhere_else()
    {
        await using StubServer server = await StubServer.StartAsync();
        await using StubServer elsewhere = await StubServer.StartAsync();
        server.Next(307, "", ("Location", elsewhere.Address + "/openai/v1/models"));
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqServerException>(() => client.Models.ListAsync());

        error.IsRetryable.ShouldBeFalse();
        elsewhere.Requests.ShouldBeEmpty();
    }
}
