using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02")]
public sealed class UpstreamErrorTests
{
    private const string Html = "<html><body>cloudflare</body></html>";

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(429)]
    [InlineData(498)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task A_readable_error_passes_in_the_providers_words(int status)
    {
        const string Body =
            """{"error":{"message":"Too much.","type":"tokens","code":"rate_limit_exceeded","failed_generation":"<f>"}}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Body, status, ("Retry-After", "7"))
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.TextAsync()).ShouldBe(Body);
        answer.Header("retry-after").ShouldBe("7");
        answer.Header("x-groqkit-provider").ShouldBe("groq");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.UpstreamRefused);
        record.Status.ShouldBe(status);
        record.Usage.IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public async Task The_operators_account_id_is_masked()
    {
        const string Body =
            """{"error":{"message":"Limit for model `m` in organization `org_01abcDEF99` reached, see org_x","type":"tokens"}}""";
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Body, 429));

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        (await answer.TextAsync()).ShouldBe(
            """{"error":{"message":"Limit for model `m` in organization `org_` reached, see org_","type":"tokens"}}"""
        );
    }

    [Theory]
    [InlineData(401, "provider_key_refused")]
    [InlineData(403, "provider_access_denied")]
    public async Task The_refusal_of_the_gateways_own_key_does_not_read_as_the_callers_fault(int status, string code)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(
                """{"error":{"message":"Invalid API Key","type":"invalid_request_error","code":"invalid_api_key"}}""",
                status
            )
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        JsonObject error = await answer.ErrorAsync();
        error["code"]!.GetValue<string>().ShouldBe(code);
        error["message"]!.GetValue<string>().ShouldContain("Your key is fine");
    }

    [Theory]
    [InlineData(400, 502)]
    [InlineData(404, 502)]
    [InlineData(413, 413)]
    [InlineData(429, 429)]
    [InlineData(500, 502)]
    [InlineData(502, 502)]
    [InlineData(503, 503)]
    [InlineData(504, 504)]
    [InlineData(524, 502)]
    [InlineData(302, 502)]
    public async Task An_unreadable_error_becomes_a_plain_one(int status, int expected)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Text("text/html", Html, status, ("Retry-After", "3"), ("Location", "https://elsewhere.example/"))
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        ((int)answer.StatusCode).ShouldBe(expected);
        JsonObject error = await answer.ErrorAsync();
        error["type"]!.GetValue<string>().ShouldBe("upstream_error");
        error["message"]!.GetValue<string>().ShouldContain(status.ToString());
        error.ToJsonString().ShouldNotContain("cloudflare");
        answer.Header("location").ShouldBeNull();
        answer.Header("retry-after").ShouldBe("3");
    }

    [Theory]
    [InlineData("text/html", Html)]
    [InlineData("application/json", "{\"id\":")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "")]
    [InlineData("application/json", "{} {}")]
    [InlineData("application/json", "{\"choices\":[5]}")]
    public async Task A_success_that_cannot_be_read_is_an_error(string type, string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Text(type, body));

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.ErrorAsync())["code"]!.GetValue<string>().ShouldBe("upstream_invalid_answer");
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.UpstreamFailed);
    }

    [Fact]
    public async Task A_connection_reset_before_the_headers_is_a_clean_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.ErrorAsync())["code"]!.GetValue<string>().ShouldBe("upstream_cut");
    }

    [Fact]
    public async Task A_whole_answer_that_is_cut_is_a_clean_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = Chunks.Whole.Length;
            await context.Response.Body.WriteAsync(System.Text.Encoding.UTF8.GetBytes(Chunks.Whole[..30]));
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await answer.ErrorAsync())["code"]!.GetValue<string>().ShouldBe("upstream_cut");
    }

    [Fact]
    public async Task A_provider_that_is_not_there_is_a_clean_error()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        await gateway.Provider.DisposeAsync();

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        JsonObject error = await answer.ErrorAsync();
        error["code"]!.GetValue<string>().ShouldBe("upstream_unreachable");
        error.ToJsonString().ShouldNotContain("127.0.0.1");
        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.Unreachable);
    }
}
