using System.Net;
using GroqKit.Json;
using GroqKit.Raw;

namespace GroqKit.Tests.Raw;

[Requirement("CL-17", "CL-09")]
public sealed class RawCallTests
{
    [Fact]
    public async Task Any_path_is_called_with_the_clients_own_authentication()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, """{"id":"m"}""", ("x-request-id", "req_1"), ("x-new", "1"), ("x-new", "2"));
        using GroqClient client = Clients.For(server);

        RawResponse answer = await client.SendAsync(
            HttpMethod.Patch,
            "/openai/v2/things/a%2Fb?x=https://example.com/",
            RawBody.FromJson("""{"a":1}"""),
            options: new CallOptions { RequestId = "mine" }
        );

        StubRequest request = server.Requests.Single();
        (request.Method, request.Target, request.Body).ShouldBe(
            ("PATCH", "/openai/v2/things/a%2Fb?x=https://example.com/", """{"a":1}""")
        );
        request.Headers["authorization"].ShouldBe($"Bearer {Clients.Key}");
        request.Headers["x-request-id"].ShouldBe("mine");
        request.Headers["content-type"].ShouldBe("application/json");
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.IsSuccess.ShouldBeTrue();
        answer.ContentType.ShouldBe("application/json");
        answer.Metadata.RequestId.ShouldBe("req_1");
        answer.Metadata.Headers.Count(header => header.Key == "x-new").ShouldBe(2);
        answer.ReadJson().GetProperty("id").GetString().ShouldBe("m");
        answer.ReadJson(GroqJson.Context.ModelInfo)!.Id.ShouldBe("m");
        answer.Text.ShouldBe("""{"id":"m"}""");
    }

    [Theory]
    [InlineData(404, """{"error":{"message":"no","code":"model_not_found"}}""", typeof(GroqModelException))]
    [InlineData(502, "<html>bad</html>", typeof(GroqServerException))]
    public async Task An_error_is_an_answer_when_that_is_wished_after_the_retries(int status, string body, Type kind)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(503, "first");
        server.Next(status, body, ("x-request-id", "req_2"));
        using GroqClient client = Clients.For(
            server,
            options => options.Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.Zero }
        );

        RawResponse answer = await client.SendAsync(HttpMethod.Get, "openai/v1/x", throwOnError: false);

        ((int)answer.Status).ShouldBe(status);
        answer.Text.ShouldBe(body);
        answer.IsSuccess.ShouldBeFalse();
        answer.Error.ShouldBeOfType(kind);
        answer.Metadata.Attempts.ShouldBe(2);
        answer.Metadata.RequestId.ShouldBe("req_2");
    }

    [Fact]
    public async Task An_error_is_thrown_otherwise_and_a_lost_connection_always()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(400, """{"error":{"message":"no"}}""");
        using GroqClient client = Clients.For(server);
        await Should.ThrowAsync<GroqValidationException>(() => client.SendAsync(HttpMethod.Get, "x"));
        var handler = new ScriptedHandler().Next(503, "{}").NextError(new HttpRequestException("gone"));
        using GroqClient lost = Clients.For(
            handler,
            options => options.Retry = new RetryOptions { MaxRetries = 1, BaseDelay = TimeSpan.Zero }
        );

        await Should.ThrowAsync<GroqNetworkException>(() => lost.SendAsync(HttpMethod.Get, "x", throwOnError: false));

        handler.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_is_read_as_a_stream_of_events()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream("event: a\ndata: 1\n\ndata: 2\n\n");
        using GroqClient client = Clients.For(server);

        await using ContentStream content = await client.OpenAsync(
            HttpMethod.Post,
            "openai/v1/new",
            RawBody.FromBytes(new byte[] { 1, 2 }, "application/x-odd")
        );
        var events = new List<(string, string)>();
        await foreach (var one in content.ReadEventsAsync())
            events.Add((one.EventType, one.Data));

        events.ShouldBe([("a", "1"), ("message", "2")]);
        content.Metadata.Status.ShouldBe(HttpStatusCode.OK);
        server.Requests.Single().Headers["content-type"].ShouldBe("application/x-odd");
    }

    [Fact]
    public async Task A_body_that_can_be_made_once_is_not_repeated()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(503, "{}");
        server.Next(200, "{}");
        using GroqClient client = Clients.For(server, options => options.Retry = new RetryOptions { MaxRetries = 3 });
        RawBody body = RawBody.FromContent(() => new StringContent("once"), canRepeat: false);

        await Should.ThrowAsync<GroqServerException>(() => client.SendAsync(HttpMethod.Post, "x", body));

        server.Requests.Count.ShouldBe(1);
    }
}
