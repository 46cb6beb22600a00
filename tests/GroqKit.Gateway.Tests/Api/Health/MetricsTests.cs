using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using GroqKit.Gateway.Infrastructure.Metrics;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.Health;

[Requirement("GW-17", "CL-25")]
public sealed partial class MetricsTests
{
    private const string Stream =
        """{"model":"openai/gpt-oss-120b","stream":true,"messages":[{"role":"user","content":"Hello"}]}""";

    [Fact]
    public async Task The_page_has_the_seven_metrics_of_groq_and_the_gateways_own()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Stream("text/event-stream", Chunks.Role, Chunks.Word("Hi"), Chunks.Stop, Chunks.Done)
        );
        using HttpResponseMessage call = await gateway.ChatAsync(Stream);
        await call.TextAsync();

        (string type, Dictionary<string, double> samples, string text) = await ReadAsync(gateway);

        type.ShouldBe("text/plain");
        foreach (
            string name in (string[])
                [
                    "groq_requests_total",
                    "groq_tokens_total",
                    "groq_retries_total",
                    "groq_request_duration_seconds",
                    "groq_streaming_first_token_seconds",
                    "groq_rate_limit_remaining",
                    "groq_circuit_breaker_state",
                    "groqkit_gateway_requests_total",
                    "groqkit_gateway_tokens_total",
                    "groqkit_gateway_cost_dollars_total",
                    "groqkit_gateway_limited_total",
                    "groqkit_gateway_overhead_duration_seconds",
                    "groqkit_gateway_journal_pending_bytes",
                    "groqkit_gateway_unpriced_total",
                    "gen_ai_server_request_duration_seconds",
                    "gen_ai_server_time_to_first_token_seconds",
                    "dotnet_process_cpu_time_seconds_total",
                    "dotnet_process_memory_working_set_bytes",
                    "dotnet_gc_collections_total",
                ]
        )
            text.ShouldContain($"# TYPE {name} ");
        samples["groq_requests_total{model=\"openai/gpt-oss-120b\",operation=\"chat\",status=\"success\"}"].ShouldBe(1);
        samples["groq_tokens_total{model=\"openai/gpt-oss-120b\",type=\"output\"}"].ShouldBe(9);
        samples["groq_streaming_first_token_seconds_count{model=\"openai/gpt-oss-120b\"}"].ShouldBe(1);
        samples["groq_circuit_breaker_state"].ShouldBe(0);
        samples["groqkit_gateway_journal_lost_total"].ShouldBe(0);
        samples["groqkit_gateway_journal_accepting"].ShouldBe(1);
    }

    [Fact]
    public async Task What_groq_says_is_left_of_its_limits_is_shown()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(
                Chunks.Whole,
                200,
                ("x-ratelimit-remaining-requests", "997"),
                ("x-ratelimit-remaining-tokens", "5000")
            )
        );
        (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();

        (_, Dictionary<string, double> samples, _) = await ReadAsync(gateway);

        samples["groq_rate_limit_remaining{type=\"requests\"}"].ShouldBe(997);
        samples["groq_rate_limit_remaining{type=\"tokens\"}"].ShouldBe(5000);
    }

    [Fact]
    public async Task Buckets_grow_and_the_last_is_the_count()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        for (int i = 0; i < 3; i++)
            (await gateway.ChatAsync(RunningGateway.Hello)).Dispose();

        (_, Dictionary<string, double> samples, _) = await ReadAsync(gateway);

        double[] buckets =
        [
            .. samples
                .Where(sample =>
                    sample.Key.StartsWith("groqkit_gateway_overhead_duration_seconds_bucket{", StringComparison.Ordinal)
                )
                .Select(sample => sample.Value),
        ];
        buckets.ShouldBe(buckets.Order());
        buckets[^1].ShouldBe(3);
        samples["groqkit_gateway_overhead_duration_seconds_count{operation=\"chat\"}"].ShouldBe(3);
    }

    [Fact]
    public async Task Invented_models_make_no_series()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"error":{"message":"no such model"}}""", 404)
        );
        for (int i = 0; i < 20; i++)
            (await gateway.ChatAsync(RunningGateway.Hello.Replace("\"m\"", $"\"invented-{i}\""))).Dispose();

        (_, Dictionary<string, double> samples, string text) = await ReadAsync(gateway);

        text.ShouldNotContain("invented");
        samples["groq_requests_total{model=\"_OTHER\",operation=\"chat\",status=\"upstream_refused\"}"].ShouldBe(20);
    }

    [Fact]
    public async Task A_call_through_a_proxy_needs_a_key()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Chunks.Whole));
        using var stranger = new HttpClient { BaseAddress = gateway.Address };
        stranger.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");

        HttpStatusCode without = await StatusAsync();
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningGateway.Key);
        HttpStatusCode with = await StatusAsync();

        without.ShouldBe(HttpStatusCode.Unauthorized);
        with.ShouldBe(HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync()
        {
            using HttpResponseMessage answer = await stranger.GetAsync(
                "/metrics",
                TestContext.Current.CancellationToken
            );
            return answer.StatusCode;
        }
    }

    [Theory]
    [InlineData("groqkit.gateway.request.duration", "s", false, "groqkit_gateway_request_duration_seconds")]
    [InlineData("groq_request_duration_seconds", "s", false, "groq_request_duration_seconds")]
    [InlineData("groq_requests_total", null, true, "groq_requests_total")]
    [InlineData("groqkit.gateway.requests", "{request}", true, "groqkit_gateway_requests_total")]
    [InlineData("kestrel.memory", "By", false, "kestrel_memory_bytes")]
    public void Names_follow_prometheus(string name, string? unit, bool counter, string expected) =>
        MetricNames.Of(name, unit, counter).ShouldBe(expected);

    [Fact]
    public void Label_values_are_escaped() => MetricNames.Escape("a\\b\"c\nd").ShouldBe("a\\\\b\\\"c\\nd");

    private static async Task<(string Type, Dictionary<string, double> Samples, string Text)> ReadAsync(
        RunningGateway gateway
    )
    {
        using var anyone = new HttpClient();
        using HttpResponseMessage answer = await anyone.GetAsync(
            new Uri(gateway.Address, "/metrics"),
            TestContext.Current.CancellationToken
        );
        string text = await answer.TextAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        var samples = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith('#'))
                continue;
            Match sample = Sample().Match(line);
            sample.Success.ShouldBeTrue(line);
            string value = sample.Groups["value"].Value;
            samples.Add(sample.Groups["name"].Value, double.Parse(value, CultureInfo.InvariantCulture));
        }
        return (answer.Content.Headers.ContentType!.MediaType!, samples, text);
    }

    [GeneratedRegex(
        """^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*(\{([a-zA-Z_][a-zA-Z0-9_]*="([^"\\\n]|\\.)*",?)*\})?) (?<value>\S+)$""",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 10_000
    )]
    private static partial Regex Sample();
}
