using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;
using Microsoft.Extensions.DependencyInjection;

namespace GroqKit.Gateway.Tests.Api.OpenAi;

[Requirement("GW-14")]
public sealed class LimitTests
{
    private const string Priced =
        """{"model":"openai/gpt-oss-120b","max_completion_tokens":100,"messages":[{"role":"user","content":"Hello"}]}""";

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_call_beyond_the_limit_gets_429_with_the_limit_and_the_wait()
    {
        await using RunningGateway gateway = await StartAsync("""{"requests": {"minute": 2}}""");
        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.Client.GetAsync("/v1/models", TestContext.Current.CancellationToken)).Dispose();

        using HttpResponseMessage refused = await gateway.ChatAsync(RunningGateway.Hello);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        JsonObject error = await refused.ErrorAsync();
        ((string?)error["code"]).ShouldBe("rate_limit_exceeded");
        ((string?)error["type"]).ShouldBe("requests");
        ((string)error["message"]!).ShouldContain("2 requests per minute");
        refused.Header("retry-after").ShouldBe("61");
        refused.Header("x-ratelimit-limit-requests").ShouldBe("2");
        refused.Header("x-ratelimit-remaining-requests").ShouldBe("0");
        refused.Header("x-ratelimit-reset-requests").ShouldBe("61s");
        refused.Header("x-groqkit-limit").ShouldBe("key; requests; minute");
        _time.Advance(TimeSpan.FromSeconds(61));
        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_says_how_the_callers_key_stands(bool stream)
    {
        await using RunningGateway gateway = await StartAsync(
            """{"requests": {"minute": 100, "day": 5}, "tokens": {"minute": 1000}, "cost": {"day": 1}}""",
            stream
                ? Answer.Text("text/event-stream", Chunks.Role + Chunks.Stop + Chunks.Done)
                : Answer.Json(Chunks.Whole)
        );

        using HttpResponseMessage answer = await gateway.ChatAsync(
            stream ? Priced.Replace("{\"model\"", "{\"stream\":true,\"model\"") : Priced
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        // Of two limits the one that is nearer; it is noon.
        answer.Header("x-ratelimit-limit-requests").ShouldBe("5");
        answer.Header("x-ratelimit-remaining-requests").ShouldBe("4");
        answer.Header("x-ratelimit-reset-requests").ShouldBe("43200s");
        answer.Header("x-ratelimit-limit-tokens").ShouldBe("1000");
        int.Parse(answer.Header("x-ratelimit-remaining-tokens")!).ShouldBeInRange(850, 899);
        answer.Header("x-ratelimit-reset-tokens").ShouldBe("61s");
    }

    [Fact]
    public async Task A_key_without_limits_hears_of_none()
    {
        await using RunningGateway gateway = await StartAsync("{}");

        using HttpResponseMessage answer = await gateway.ChatAsync(Priced);

        answer.Header("x-ratelimit-limit-requests").ShouldBeNull();
        answer.Header("x-ratelimit-remaining-tokens").ShouldBeNull();
    }

    [Fact]
    public async Task Tokens_are_reserved_before_a_call_and_corrected_after_it()
    {
        // Twelve tokens are expected of the prompt; fifteen in all are used.
        await using RunningGateway gateway = await StartAsync("""{"tokens": {"minute": 130}}""");

        (await gateway.ChatAsync(Priced)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.ChatAsync(Priced)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using HttpResponseMessage refused = await gateway.ChatAsync(Priced);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Header("x-ratelimit-remaining-tokens").ShouldBe("100");
        (await gateway.Usage.NextAsync()).Usage.Total.ShouldBe(15);
    }

    [Fact]
    public async Task A_call_that_cost_nothing_gives_back_what_it_took()
    {
        await using RunningGateway gateway = await StartAsync(
            """{"tokens": {"day": 150}}""",
            Answer.Json("""{"error":{"message":"no"}}""", 400)
        );

        for (int i = 0; i < 3; i++)
            (await gateway.ChatAsync(Priced)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Five_hundred_calls_at_once_can_not_spend_the_last_hundredth_of_a_budget_twice()
    {
        // One call of these costs 12 × 0.15 + 3 × 0.60 dollars per million, and reserves some 62 millionths.
        const decimal Budget = 1m;
        const decimal SpentBefore = 0.99m;
        var inside = new SemaphoreSlim(0);
        await using RunningGateway gateway = await StartAsync(
            $"{{\"cost\": {{\"month\": {Budget}}}}}",
            async context =>
            {
                await inside.WaitAsync(context.RequestAborted);
                await Answer.Json(Chunks.Whole)(context);
            }
        );
        await gateway
            .Services.GetRequiredService<IUsageStore>()
            .SaveAsync(
                [
                    Infrastructure.Usage.Records.Full("req_before") with
                    {
                        KeyId = "key_limited",
                        StartedAt = _time.GetUtcNow(),
                        Cost = SpentBefore,
                    },
                ],
                TestContext.Current.CancellationToken
            );

        Task<HttpResponseMessage>[] calls = [.. Enumerable.Range(0, 500).Select(_ => gateway.ChatAsync(Priced))];
        inside.Release(500);
        HttpResponseMessage[] answers = await Task.WhenAll(calls);

        answers.ShouldContain(answer => answer.StatusCode == HttpStatusCode.OK);
        answers.ShouldContain(answer => answer.StatusCode == HttpStatusCode.TooManyRequests);
        decimal spent = SpentBefore;
        for (int i = 0; i < 500; i++)
            spent += (await gateway.Usage.NextAsync()).Cost ?? 0;
        spent.ShouldBeLessThanOrEqualTo(Budget);
    }

    [Fact]
    public async Task A_spent_budget_is_told_as_such_and_not_worth_a_retry()
    {
        await using RunningGateway gateway = await StartAsync("""{"cost": {"month": 0.00001}}""");

        using HttpResponseMessage refused = await gateway.ChatAsync(Priced);

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        ((string?)(await refused.ErrorAsync())["code"]).ShouldBe("insufficient_quota");
        refused.Header("x-should-retry").ShouldBe("false");
        refused.Header("x-ratelimit-limit-cost").ShouldBe("0.00001");
    }

    [Fact]
    public async Task A_restart_forgives_nothing_that_was_spent()
    {
        var limits = """{"requests": {"month": 3}}""";
        await using RunningGateway gateway = await StartAsync(limits);
        // What another process, now gone, has left in the database.
        await gateway
            .Services.GetRequiredService<IUsageStore>()
            .SaveAsync(
                [
                    .. Enumerable
                        .Range(0, 2)
                        .Select(i =>
                            Infrastructure.Usage.Records.Full($"req_{i}") with
                            {
                                KeyId = "key_limited",
                                StartedAt = _time.GetUtcNow(),
                            }
                        ),
                ],
                TestContext.Current.CancellationToken
            );

        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.ChatAsync(RunningGateway.Hello)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_model_without_a_price_is_not_for_keys_with_a_budget()
    {
        await using RunningGateway gateway = await StartAsync("""{"cost": {"day": 5}}""");

        using HttpResponseMessage refused = await gateway.ChatAsync(RunningGateway.Hello);

        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        ((string?)(await refused.ErrorAsync())["code"]).ShouldBe("price_unknown");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task End_users_are_limited_apart_from_each_other()
    {
        await using RunningGateway gateway = await StartAsync("{}", users: """{"requests": {"day": 1}}""");

        (await CallAsync("ann")).ShouldBe(HttpStatusCode.OK);
        (await CallAsync("ben")).ShouldBe(HttpStatusCode.OK);
        (await CallAsync("ann")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await CallAsync(null)).ShouldBe(HttpStatusCode.OK);
        (await gateway.Usage.NextAsync()).EndUser.ShouldBe("ann");

        async Task<HttpStatusCode> CallAsync(string? user)
        {
            string named = user is null ? "" : $"\"user\":\"{user}\",";
            return (
                await gateway.ChatAsync(RunningGateway.Hello.Replace("{\"model\"", $"{{{named}\"model\""))
            ).StatusCode;
        }
    }

    [Theory]
    [InlineData("user", "a\\u0007b")]
    [InlineData("user", "LONG")]
    public async Task A_label_that_cannot_be_kept_is_refused(string param, string value)
    {
        await using RunningGateway gateway = await StartAsync("{}");
        string label = value == "LONG" ? new string('x', CallLabels.MaxBytes + 1) : value;

        using HttpResponseMessage refused = await gateway.ChatAsync(
            RunningGateway.Hello.Replace("{\"model\"", $"{{\"{param}\":\"{label}\",\"model\"")
        );

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await refused.ErrorAsync())["param"]).ShouldBe(param);
    }

    private Task<RunningGateway> StartAsync(
        string limits,
        Microsoft.AspNetCore.Http.RequestDelegate? provider = null,
        string users = "{}"
    ) => RunningGateway.StartLimitedAsync(provider ?? Answer.Json(Chunks.Whole), _time, Policy(limits), Policy(users));

    private static LimitPolicy Policy(string json) => System.Text.Json.JsonSerializer.Deserialize<LimitPolicy>(json)!;
}
