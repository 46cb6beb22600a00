using System.Net;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.AspNetCore.Http;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-02", "PR-09")]
public sealed class RetryTests
{
    private const string Waits = "--GroqKit:Retries:LongestWait=5s";
    private const string Limited =
        """{"error":{"message":"Slow down.","type":"tokens","code":"rate_limit_exceeded"}}""";
    private const string NoMoney =
        """{"error":{"message":"Pay.","type":"insufficient_quota","code":"insufficient_quota"}}""";
    private const string Failed = """{"error":{"message":"Broken.","type":"server_error"}}""";

    private static readonly RequestDelegate Works = Answer.Json(Chunks.Whole);

    [Theory]
    [InlineData(429, Limited)]
    [InlineData(500, Failed)]
    [InlineData(502, Failed)]
    [InlineData(503, Failed)]
    public async Task A_failure_that_passes_is_asked_again(int status, string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(Answer.Json(body, status, ("Retry-After", "0")), Works),
            Waits
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        (await answer.TextAsync()).ShouldBe(Chunks.Whole);
        gateway.Provider.Requests.Count.ShouldBe(2);
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Outcome.ShouldBe(Outcome.Completed);
        record.Usage.Total.ShouldBe(15);
        gateway.Usage.Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_connection_that_is_reset_before_the_answer_is_tried_again()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.InTurn(
                Resets,
                Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
            ),
            Waits
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.HelloStream);

        (await answer.TextAsync()).ShouldBe(Chunks.Role + Chunks.Word("Hi") + Chunks.Stop + Chunks.Done);
    }

    [Fact]
    public async Task A_wait_longer_than_the_longest_is_told_at_once()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Limited, 429, ("Retry-After", "600")),
            Waits
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(RunningGateway.Hello);

        answer.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        answer.Header("retry-after").ShouldBe("600");
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(429, NoMoney)]
    [InlineData(401, Failed)]
    [InlineData(413, Limited)]
    [InlineData(400, """{"error":{"message":"No.","type":"invalid_request_error"}}""")]
    public async Task What_does_not_pass_is_asked_once(int status, string body)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(body, status), Waits);

        (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();

        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 5)]
    public async Task A_provider_is_asked_again_as_often_as_it_is_set_to(int maxRetries, int attempts)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Failed, 503));
        AdminAnswer made = await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"mine","kind":"openai","baseUrl":"{{gateway.Provider.Address}}","maxRetries":{{maxRetries}}}"""
        );
        made.Status.ShouldBe(HttpStatusCode.Created, made.Body.ToString());

        using HttpResponseMessage answer = await gateway.ChatAsync(
            RunningGateway.Hello.Replace("\"m\"", "\"mine/m\"", StringComparison.Ordinal)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        gateway.Provider.Requests.Count.ShouldBe(attempts);
    }

    [Fact]
    public async Task The_budget_bounds_the_retries_of_all_calls_together()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Failed, 500));

        for (int i = 0; i < 60; i++)
            (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();

        // A full bucket is 35 retries after errors of the server.
        gateway.Provider.Requests.Count.ShouldBe(60 + 35);
    }

    [Fact]
    public async Task A_caller_who_leaves_during_the_wait_ends_it()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Limited, 429, ("Retry-After", "3000")),
            "--GroqKit:Retries:LongestWait=1h"
        );
        using var leaves = new CancellationTokenSource();

        Task<HttpResponseMessage> call = gateway.Client.PostAsync(
            "/v1/chat/completions",
            new StringContent(RunningGateway.Hello, System.Text.Encoding.UTF8, "application/json"),
            leaves.Token
        );
        await gateway.Provider.NextRequestAsync();
        await leaves.CancelAsync();

        (await gateway.Usage.NextAsync()).Outcome.ShouldBe(Outcome.ClientGone);
        await Should.ThrowAsync<OperationCanceledException>(call);
    }

    private static Task Resets(HttpContext context)
    {
        context.Abort();
        return Task.CompletedTask;
    }
}
