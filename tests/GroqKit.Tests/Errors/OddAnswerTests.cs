using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Tests.Errors;

/// <summary>Answers that are not what the API promises, over real HTTP: always one typed error that keeps what came.</summary>
[Requirement("CL-18")]
public sealed class OddAnswerTests
{
    private const string Html = "<!DOCTYPE html><html><title>502 Bad Gateway</title><p>cloudflare</html>";

    public static TheoryData<int, string, string, Type, bool> Answers() =>
        new()
        {
            { 502, "text/html", Html, typeof(GroqServerException), true },
            { 403, "text/html; charset=UTF-8", "error code: 1010", typeof(GroqAuthorizationException), false },
            { 429, "text/html", Html, typeof(GroqRateLimitException), true },
            { 520, "text/html", Html, typeof(GroqServerException), true },
            { 529, "text/plain", "", typeof(GroqOverloadedException), true },
            { 498, "application/json", "", typeof(GroqOverloadedException), true },
            { 401, "application/json", "", typeof(GroqAuthenticationException), false },
            {
                404,
                "application/json",
                """{"error":{"message":"Not Found"}}""",
                typeof(GroqValidationException),
                false
            },
            { 400, "application/json", """{"error":"a text"}""", typeof(GroqValidationException), false },
            { 400, "application/json", """{"error":null}""", typeof(GroqValidationException), false },
            {
                400,
                "application/json",
                """{"error":{"message":7,"code":{"a":1},"param":[]}}""",
                typeof(GroqValidationException),
                false
            },
            { 500, "application/json", """{"error":{"mess""", typeof(GroqServerException), true },
            { 400, "application/json", """{"error":{"message":"\ud800"}}""", typeof(GroqValidationException), false },
            { 200, "application/json", """{"object":"\ud800"}""", typeof(GroqServerException), false },
            { 500, "application/json", "null", typeof(GroqServerException), true },
            { 200, "text/html", Html, typeof(GroqServerException), false },
            { 200, "application/json", "", typeof(GroqServerException), false },
            { 200, "application/json", "null", typeof(GroqServerException), false },
            { 200, "application/json", "[]", typeof(GroqServerException), false },
            { 200, "application/json", """{"object":"list","data":[{"id":"x""", typeof(GroqServerException), false },
            { 200, "application/json", """{"object":"list","data":7}""", typeof(GroqServerException), false },
        };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task An_odd_answer_is_one_typed_error(int status, string type, string body, Type kind, bool retryable)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            Answer.Text(type, body, status, ("x-request-id", "req_1"))
        );
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var error = await Should.ThrowAsync<GroqException>(() => client.Models.ListAsync());

        error.ShouldBeOfType(kind);
        ((int?)error.Status).ShouldBe(status);
        error.Body.ShouldBe(body);
        error.RequestId.ShouldBe("req_1");
        error.IsRetryable.ShouldBe(retryable);
        error.Attempts.ShouldBe(1);
        error.ToString().ShouldNotContain(Clients.Key);
    }

    [Theory]
    [InlineData("\"{\\\"name\\\": \\\"f\\\"}\"", """{"name": "f"}""")]
    [InlineData("""{"reason":"r","tool_call_id":"c"}""", """{"reason":"r","tool_call_id":"c"}""")]
    [InlineData("\"\"", "")]
    [InlineData("null", null)]
    public async Task What_the_model_wrote_is_kept_as_a_text_or_an_object(string wire, string? expected)
    {
        string body = $$$"""{"error":{"message":"m","code":"tool_use_failed","failed_generation":{{{wire}}}}}""";
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Json(body, 400));
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.FailedGeneration.ShouldBe(expected);
        error.Code.ShouldBe("tool_use_failed");
    }

    [Fact]
    public async Task An_answer_that_breaks_off_is_a_network_error()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("{\"data\":");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var error = await Should.ThrowAsync<GroqNetworkException>(() => client.Models.ListAsync());

        error.IsRetryable.ShouldBeTrue();
    }

    [Theory]
    [Requirement("CL-13")]
    [InlineData(400, typeof(GroqValidationException))]
    [InlineData(429, typeof(GroqRateLimitException))]
    [InlineData(503, typeof(GroqServerException))]
    public async Task An_error_within_a_stream_keeps_the_text_and_names_its_kind(int status, Type kind)
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(
            Answer.Stream(
                "text/event-stream",
                "data: {\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"half\"}}]}\n\n",
                $"event: error\ndata: {{\"error\":{{\"message\":\"m\",\"failed_generation\":{{\"a\":1}},\"status_code\":{status}}}}}\n\n"
            )
        );
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);
        await using var stream = await client.Chat.StreamAsync(Requests.Hello);

        var error = await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        error.Partial!.Text.ShouldBe("half");
        error.FailedGeneration.ShouldBe("""{"a":1}""");
        ((int?)error.Status).ShouldBe(status);
        error.InnerException.ShouldBeOfType(kind);
    }

    [Fact]
    [Requirement("CL-13")]
    public async Task A_page_instead_of_a_stream_is_an_error_before_the_stream()
    {
        await using LoopbackServer server = await LoopbackServer.StartAsync(Answer.Text("text/html", Html));
        using GroqClient client = Clients.For(server.Address.AbsoluteUri);

        var error = await Should.ThrowAsync<GroqServerException>(() => client.Chat.StreamAsync(Requests.Hello));

        error.Body.ShouldBe(Html);
    }
}
