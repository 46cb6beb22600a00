using System.Diagnostics.Metrics;
using System.Net;
using GroqKit.Chat;
using GroqKit.Resilience;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

[Collection(nameof(AloneCollection))]
[Requirement("CL-25")]
public sealed class MetricTests : IDisposable
{
    private static readonly double[] Seconds =
    [
        0.01,
        0.02,
        0.04,
        0.08,
        0.16,
        0.32,
        0.64,
        1.28,
        2.56,
        5.12,
        10.24,
        20.48,
        40.96,
        81.92,
    ];

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();
    private readonly TelemetryRecorder _heard = new(spans: false);

    public void Dispose() => _heard.Dispose();

    [Fact]
    public void The_seven_names_are_there_with_their_kinds()
    {
        using GroqClient client = Clients.For(_handler);

        _heard
            .Instruments.Where(instrument => instrument.Name.StartsWith("groq_", StringComparison.Ordinal))
            .Select(instrument => (instrument.Name, instrument.GetType().Name))
            .ShouldBe(
                [
                    ("groq_requests_total", "Counter`1"),
                    ("groq_tokens_total", "Counter`1"),
                    ("groq_retries_total", "Counter`1"),
                    ("groq_request_duration_seconds", "Histogram`1"),
                    ("groq_streaming_first_token_seconds", "Histogram`1"),
                    ("groq_rate_limit_remaining", "ObservableGauge`1"),
                    ("groq_circuit_breaker_state", "ObservableGauge`1"),
                ],
                ignoreOrder: true
            );
    }

    [Fact]
    public void Histograms_advise_their_buckets()
    {
        using GroqClient client = Clients.For(
            _handler,
            options => options.Telemetry.Convention = TelemetryConvention.Both
        );

        Buckets("groq_request_duration_seconds").ShouldBe([0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]);
        Buckets("groq_streaming_first_token_seconds").ShouldBe([0.01, 0.025, 0.05, 0.1, 0.25, 0.5]);
        Buckets("groqkit.client.output_rate")
            .ShouldBe([10, 25, 50, 100, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000]);
        Buckets("gen_ai.client.operation.duration").ShouldBe(Seconds);
        Buckets("gen_ai.client.operation.time_to_first_chunk").ShouldBe(Seconds);
        Buckets("gen_ai.client.operation.time_per_output_chunk").ShouldBe(Seconds);
        Buckets("gen_ai.client.inference.duration").ShouldBe(Seconds);
        Instrument tokens = _heard.Instruments.Single(each => each.Name == "gen_ai.client.token.usage");
        tokens.Unit.ShouldBe("{token}");
        ((Histogram<long>)tokens).Advice!.HistogramBucketBoundaries!.ShouldBe([
            .. Enumerable.Range(0, 14).Select(power => 1L << (2 * power)),
        ]);
    }

    [Fact]
    public async Task The_state_of_the_circuit_is_0_closed_1_open_2_half_open()
    {
        using GroqClient client = Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.CircuitBreaker = new() { FailuresToOpen = 1, SuccessesToClose = 2 };
            }
        );
        _handler.Next(500, "").Next(200, Answers.Text("a")).Next(200, Answers.Text("b"));

        State().ShouldBe(0);
        await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));
        State().ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(30));
        await client.Chat.CreateAsync(Requests.Hello);
        State().ShouldBe(2);
        await client.Chat.CreateAsync(Requests.Hello);
        State().ShouldBe(0);

        double State()
        {
            _heard.ReadGauges();
            return _heard.Value(GenAiNames.Prometheus.CircuitBreakerState);
        }
    }

    [Fact]
    public async Task What_is_left_of_the_rate_limits_is_the_least_of_all_models()
    {
        using GroqClient client = Clients.For(_handler, options => options.TimeProvider = _clock);
        _heard.ReadGauges();
        _heard.Of(GenAiNames.Prometheus.RateLimitRemaining).ShouldBeEmpty();
        _handler.Next(200, Answers.Text("a"), Limits(900, 5000)).Next(200, Answers.Text("b"), Limits(800, 6000));

        await client.Chat.CreateAsync(Requests.Hello);
        await client.Chat.CreateAsync(Requests.Hello with { Model = "openai/gpt-oss-120b" });

        _heard.ReadGauges();
        _heard.Value(GenAiNames.Prometheus.RateLimitRemaining, ("type", "requests")).ShouldBe(800);
        // Whether the server's figure already holds the tokens of its own answer is not known: they count as used.
        _heard.Value(GenAiNames.Prometheus.RateLimitRemaining, ("type", "tokens")).ShouldBeInRange(4970, 5000);
    }

    [Fact]
    public void The_gauges_of_a_client_end_with_it()
    {
        GroqClient client = Clients.For(_handler);
        _heard.ReadGauges();
        _heard.Of(GenAiNames.Prometheus.CircuitBreakerState).ShouldHaveSingleItem();

        client.Dispose();

        _heard.ReadGauges();
        _heard.Of(GenAiNames.Prometheus.CircuitBreakerState).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(429, "rate_limit_exceeded")]
    [InlineData(503, "server_error")]
    public async Task A_retry_is_counted_with_its_reason(int status, string reason)
    {
        _handler.Next(status, "", ("retry-after", "0")).Next(200, Answers.Text("a"));
        using GroqClient client = Clients.For(_handler, options => options.Retry = new() { BaseDelay = TimeSpan.Zero });

        await client.Chat.CreateAsync(Requests.Hello);

        _heard.Value(GenAiNames.Prometheus.Retries, ("model", Requests.Hello.Model), ("reason", reason)).ShouldBe(1);
    }

    [Fact]
    public async Task A_hedge_is_counted_as_a_retry_with_a_reason_of_its_own()
    {
        _handler
            .Next(
                async (_, token) =>
                {
                    await Forever.WaitAsync(token);
                    throw new InvalidOperationException("It was to hang until its race was lost.");
                }
            )
            .Next(200, Answers.Text("a"));
        using GroqClient client = Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.Hedging = new() { Enabled = true, Delay = TimeSpan.FromSeconds(2) };
            }
        );

        Task call = client.Chat.CreateAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await call;

        _heard.Value(GenAiNames.Prometheus.Retries, ("model", Requests.Hello.Model), ("reason", "hedge")).ShouldBe(1);
        _heard
            .Value(
                GenAiNames.Prometheus.Requests,
                ("model", Requests.Hello.Model),
                ("operation", "chat"),
                ("status", "success")
            )
            .ShouldBe(1);
    }

    [Fact]
    public async Task Ten_thousand_made_up_models_make_one_more_set_of_tags()
    {
        using var handler = new UsageHandler(_ => (1, 1));
        using GroqClient client = Clients.For(handler, options => options.Telemetry.KnownModels.Add("ours"));

        for (int i = 0; i < 10_000; i++)
            await client.Chat.CreateAsync(Requests.Hello with { Model = $"made-up-{i}" });
        await client.Chat.CreateAsync(Requests.Hello);
        await client.Chat.CreateAsync(Requests.Hello with { Model = "ours" });

        _heard
            .Of(GenAiNames.Metrics.OperationDuration)
            .Select(each => each.Tags[GenAiNames.RequestModel])
            .Distinct()
            .ShouldBe(["_OTHER", "ours", Requests.Hello.Model], ignoreOrder: true);
        _heard
            .Of(GenAiNames.Prometheus.Requests)
            .Select(each => each.Tags["model"])
            .Distinct()
            .ShouldBe(["_OTHER", "ours", Requests.Hello.Model], ignoreOrder: true);
    }

    [Fact]
    public async Task The_path_of_a_raw_call_is_no_tag()
    {
        _handler.Next(200, "{}").Next(200, "{}");
        using GroqClient client = Clients.For(_handler);

        await client.SendAsync(HttpMethod.Get, "openai/v1/customer-17/secret");
        await client.SendAsync(HttpMethod.Get, "openai/v1/models?limit=1");

        _heard.Of(GenAiNames.Prometheus.Requests).Select(each => each.Tags["operation"]).ShouldBe(["_OTHER", "models"]);
    }

    [Fact]
    public async Task The_first_bytes_of_a_file_are_no_token()
    {
        _handler.Next(200, "a file");
        using GroqClient client = Clients.For(_handler);

        await using (ContentStream file = await client.Files.OpenContentAsync("file_1"))
            await file.CopyToAsync(Stream.Null);

        _heard.Of(GenAiNames.Prometheus.FirstToken).ShouldBeEmpty();
        _heard.Value(GenAiNames.Prometheus.Requests, ("operation", "files"), ("status", "success")).ShouldBe(1);
    }

    [Fact]
    public async Task Tokens_add_up_over_a_thousand_calls_at_once()
    {
        long input = 0;
        long output = 0;
        using var handler = new UsageHandler(call =>
        {
            var usage = (Input: 10 + call % 7, Output: 1 + call % 5);
            Interlocked.Add(ref input, usage.Input);
            Interlocked.Add(ref output, usage.Output);
            return usage;
        });
        using GroqClient client = Clients.For(handler, options => options.Retry = new() { BaseDelay = TimeSpan.Zero });

        await Task.WhenAll(
            Enumerable.Range(0, 1000).Select(_ => Task.Run(() => client.Chat.CreateAsync(Requests.Hello)))
        );

        Sum(GenAiNames.Metrics.TokenUsage, GenAiNames.TokenType, "input").ShouldBe(input);
        Sum(GenAiNames.Metrics.TokenUsage, GenAiNames.TokenType, "output").ShouldBe(output);
        Sum(GenAiNames.Prometheus.Tokens, "type", "input").ShouldBe(input);
        Sum(GenAiNames.Prometheus.Tokens, "type", "output").ShouldBe(output);
        _heard.Of(GenAiNames.Prometheus.Requests).Count.ShouldBe(1000);
    }

    [Fact]
    public async Task Tokens_of_several_models_are_recorded_by_model_instead_of_as_a_sum()
    {
        const string breakdown = """
            "usage_breakdown":{"models":[
            {"model":"openai/gpt-oss-120b","usage":{"prompt_tokens":15,"completion_tokens":6,"total_tokens":21}},
            {"model":"unheard-of","usage":{"prompt_tokens":5,"completion_tokens":4,"total_tokens":9}}]},
            """;
        _handler.Next(200, Answers.Text("a").Replace("\"usage\":", breakdown + "\"usage\":", StringComparison.Ordinal));
        using GroqClient client = Clients.For(_handler);

        await client.Chat.CreateAsync(Requests.Hello with { Model = "groq/compound" });

        _heard
            .Of(GenAiNames.Metrics.TokenUsage)
            .Select(each => ($"{each.Tags[GenAiNames.ResponseModel]} {each.Tags[GenAiNames.TokenType]}", each.Value))
            .ShouldBe([
                ("openai/gpt-oss-120b input", 15),
                ("openai/gpt-oss-120b output", 6),
                ("_OTHER input", 5),
                ("_OTHER output", 4),
            ]);
    }

    private static (string, string)[] Limits(int requests, int tokens) =>
        [
            ("x-ratelimit-limit-requests", "1000"),
            ("x-ratelimit-remaining-requests", $"{requests}"),
            ("x-ratelimit-reset-requests", "86400s"),
            ("x-ratelimit-limit-tokens", "8000"),
            ("x-ratelimit-remaining-tokens", $"{tokens}"),
            ("x-ratelimit-reset-tokens", "60s"),
        ];

    private double Sum(string instrument, string tag, string value) =>
        _heard.Of(instrument).Where(each => each.Tags[tag] as string == value).Sum(each => each.Value);

    private IReadOnlyList<double> Buckets(string name)
    {
        var histogram = (Histogram<double>)_heard.Instruments.Single(each => each.Name == name);
        return histogram.Advice!.HistogramBucketBoundaries!;
    }
}
