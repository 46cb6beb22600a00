using System.Net;
using GroqKit.Chat;
using GroqKit.Resilience;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Resilience;

/// <summary>Circuits, limits, budget and deadlines as a caller meets them.</summary>
public sealed class ClientResilienceTests
{
    private const string Model = "openai/gpt-oss-20b";
    private const string Answer =
        """{"id":"c","object":"chat.completion","created":1,"model":"openai/gpt-oss-20b","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":10,"completion_tokens":5,"total_tokens":15}}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();

    [Fact]
    [Requirement("CL-19")]
    public async Task A_dead_provider_is_asked_a_thousand_times_and_thirty_five_more()
    {
        using GroqClient client = Client(options =>
        {
            options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero, MaxRetries = 5 };
            options.CircuitBreaker.Enabled = false;
        });
        Script(2000, () => _handler.Next(500, ""));

        await FailAllAsync(client, 1000);

        _handler.Calls.ShouldBe(1035);
        client.Resilience.RetryBudget.ShouldBe(10);
    }

    [Fact]
    [Requirement("CL-19")]
    public async Task After_recovery_the_budget_fills_again()
    {
        using GroqClient client = Client(options =>
        {
            options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero };
            options.RetryBudget.Capacity = 14;
            options.CircuitBreaker.Enabled = false;
        });
        Script(2, () => _handler.Next(500, ""));
        await FailAllAsync(client, 1);
        client.Resilience.RetryBudget.ShouldBe(0);

        Script(14, () => _handler.Next(200, Answer));
        for (int i = 0; i < 14; i++)
            await client.Chat.CreateAsync(Requests.Hello);

        client.Resilience.RetryBudget.ShouldBe(14);
        _handler.Next(500, "").Next(200, Answer);
        (await client.Chat.CreateAsync(Requests.Hello)).Metadata.Attempts.ShouldBe(2);
        client.Resilience.RetryBudget.ShouldBe(14, "a retry that works gives back what it took");
    }

    [Fact]
    [Requirement("CL-19")]
    public async Task A_stream_that_has_begun_is_never_asked_for_again()
    {
        using GroqClient client = Client(options => options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero });
        byte[] half = Streams.Bytes(Streams.Minimal)[..400];
        _handler.NextStream(new ScriptedStream(half, error: new IOException("reset")));

        ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        _handler.Calls.ShouldBe(1);
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task Five_failures_open_the_circuit_and_no_more_is_sent()
    {
        using GroqClient client = Client();
        Script(5, () => _handler.Next(503, ""));
        await FailAllAsync(client, 5);

        var error = await Should.ThrowAsync<GroqCircuitOpenException>(() => client.Chat.CreateAsync(Requests.Hello));

        _handler.Calls.ShouldBe(5);
        error.Attempts.ShouldBe(0);
        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));
        client.Resilience.GetCircuit(Model)!.State.ShouldBe(CircuitState.Open);
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task A_failing_model_leaves_the_others_alone()
    {
        using GroqClient client = Client();
        Script(5, () => _handler.Next(503, ""));
        await FailAllAsync(client, 5);

        _handler.Next(200, Answer);
        await client.Chat.CreateAsync(Requests.Hello with { Model = "openai/gpt-oss-120b" });

        client.Resilience.Models.ShouldBe([Model, "openai/gpt-oss-120b"], ignoreOrder: true);
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task A_retry_that_an_open_circuit_would_refuse_is_not_begun()
    {
        using GroqClient client = Client(options => options.Retry = new RetryOptions { MaxRetries = 10 });
        Script(20, () => _handler.Next(500, ""));
        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);

        while (!call.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(80));
            await Task.Yield();
        }

        (await Should.ThrowAsync<GroqServerException>(() => call)).Attempts.ShouldBe(5);
    }

    [Fact]
    [Requirement("CL-20", "CL-07")]
    public async Task After_half_a_minute_three_trials_close_it_and_its_state_can_be_seen_and_reset()
    {
        using GroqClient client = Client();
        Script(5, () => _handler.Next(503, ""));
        await FailAllAsync(client, 5);
        _clock.Advance(TimeSpan.FromSeconds(30));

        Script(3, () => _handler.Next(200, Answer));
        for (int i = 0; i < 3; i++)
        {
            await client.Chat.CreateAsync(Requests.Hello);
            client.Resilience.GetCircuit(Model)!.TrialSuccesses.ShouldBe(i == 2 ? 0 : i + 1);
        }
        client.Resilience.GetCircuit(Model)!.State.ShouldBe(CircuitState.Closed);

        Script(5, () => _handler.Next(503, ""));
        await FailAllAsync(client, 5);
        client.Resilience.ResetCircuit(Model);
        client.Resilience.GetCircuit(Model)!.State.ShouldBe(CircuitState.Closed);
        client.Resilience.ResetCircuits();
        client.Resilience.GetCircuit("never-called").ShouldBeNull();
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task Two_hundred_parallel_failures_open_it_once_and_one_of_two_hundred_callers_tries()
    {
        using GroqClient client = Client();
        var release = new TaskCompletionSource();
        Script(
            200,
            () =>
                _handler.Next(
                    async (_, _) =>
                    {
                        await release.Task;
                        return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
                    }
                )
        );
        Task[] failing =
        [
            .. Enumerable
                .Range(0, 200)
                .Select(_ => Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Requests.Hello))),
        ];
        _handler.Calls.ShouldBe(200);
        release.SetResult();
        await Task.WhenAll(failing);
        client.Resilience.GetCircuit(Model)!.RetryAfter.ShouldBe(TimeSpan.FromSeconds(30));

        _clock.Advance(TimeSpan.FromSeconds(30));
        _handler.Next(Hang);
        Task<ChatCompletion>[] callers =
        [
            .. Enumerable.Range(0, 200).Select(_ => client.Chat.CreateAsync(Requests.Hello)),
        ];

        callers
            .Count(call => call.IsFaulted && call.Exception.InnerException is GroqCircuitOpenException)
            .ShouldBe(199);
        _handler.Calls.ShouldBe(201);
        Task<ChatCompletion> trial = callers.Single(call => !call.IsFaulted);
        _clock.Advance(TimeSpan.FromSeconds(60));
        await Should.ThrowAsync<GroqTimeoutException>(() => trial);
        client.Resilience.GetCircuit(Model)!.State.ShouldBe(CircuitState.Open, "the trial that hung has failed");
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task Cancelled_calls_own_mistakes_and_rate_limits_leave_the_circuit_closed()
    {
        using GroqClient client = Client(options => options.RateLimits.Enabled = false);
        foreach (int status in new[] { 400, 401, 403, 404, 413, 422, 429, 498 })
        {
            Script(6, () => _handler.Next(status, ""));
            await FailAllAsync(client, 6);
        }
        for (int i = 0; i < 6; i++)
        {
            using var cancellation = new CancellationTokenSource();
            _handler.Next(Hang);
            Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello, cancellationToken: cancellation.Token);
            await cancellation.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => call);
        }

        client.Resilience.GetCircuit(Model).ShouldBe(new CircuitStatus(CircuitState.Closed, 0, 0, null));
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task A_bad_key_does_not_open_the_circuit_of_another_client()
    {
        using GroqClient tenantA = Client();
        using GroqClient tenantB = Client();
        Script(5, () => _handler.Next(500, ""));
        await FailAllAsync(tenantA, 10);

        _handler.Next(200, Answer);
        await tenantB.Chat.CreateAsync(Requests.Hello);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Requirement("CL-20")]
    public async Task A_stream_counts_when_it_ends(bool breaks)
    {
        using GroqClient client = Client();
        for (int i = 0; i < 5; i++)
        {
            byte[] bytes = Streams.Bytes(Streams.Minimal);
            _handler.NextStream(new ScriptedStream(breaks ? bytes[..300] : bytes));
        }
        List<ChatStream> streams = [];
        for (int i = 0; i < 5; i++)
            streams.Add(await client.Chat.StreamAsync(Requests.Hello));
        client.Resilience.GetCircuit(Model)!.ConsecutiveFailures.ShouldBe(0);

        foreach (ChatStream stream in streams)
        {
            if (breaks)
                await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());
            else
                await stream.CollectAsync();
        }

        client.Resilience.GetCircuit(Model)!.State.ShouldBe(breaks ? CircuitState.Open : CircuitState.Closed);
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task A_reader_who_leaves_a_stream_is_no_failure()
    {
        using GroqClient client = Client();
        for (int i = 0; i < 10; i++)
        {
            _handler.NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)[..300], hangs: true));
            await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        }

        client.Resilience.GetCircuit(Model).ShouldBe(new CircuitStatus(CircuitState.Closed, 0, 0, null));
    }

    [Fact]
    [Requirement("CL-21")]
    public async Task A_call_waits_for_the_limit_that_the_answer_before_reported()
    {
        using GroqClient client = Client();
        _handler.Next(200, Answer, UsedUp).Next(200, Answer);
        await client.Chat.CreateAsync(Requests.Hello);

        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
        client.Resilience.GetRateLimits(Model)!.WaitingCalls.ShouldBe(1);
        _handler.Calls.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(60));

        (await call).Text.ShouldBe("Hi");
    }

    [Fact]
    [Requirement("CL-21")]
    public async Task A_wait_beyond_the_deadline_fails_at_once_with_the_wait_and_sends_nothing()
    {
        using GroqClient client = Client(options => options.Retry = new RetryOptions());
        _handler.Next(200, Answer, UsedUp).Next(200, Answer);
        await client.Chat.CreateAsync(Requests.Hello);

        var error = await Should.ThrowAsync<GroqRateLimitException>(() =>
            client.Chat.CreateAsync(Requests.Hello, new CallOptions { Timeout = TimeSpan.FromSeconds(59) })
        );

        error.RetryAfter!.Value.TotalSeconds.ShouldBe(60, tolerance: 0.01);
        error.Attempts.ShouldBe(0);
        error.IsRetryable.ShouldBeTrue();
        _handler.Calls.ShouldBe(1);
    }

    [Fact]
    [Requirement("CL-21")]
    public async Task What_a_stream_used_is_known_at_its_end()
    {
        using GroqClient client = Client(options => options.RateLimits.TokensPerMinute = 6000);
        _handler.NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));

        await (await client.Chat.StreamAsync(Requests.Hello)).CollectAsync();

        client.Resilience.GetRateLimits(Model)!.Limits.ShouldHaveSingleItem().Remaining.ShouldBe(6000 - 79);
    }

    [Fact]
    [Requirement("CL-07")]
    public async Task Switched_off_a_call_is_nothing_but_a_call()
    {
        using GroqClient client = Client(options =>
        {
            options.UseResilience(ResiliencePreset.None);
            options.RateLimits.RequestsPerMinute = 1;
        });
        Script(50, () => _handler.Next(500, "", UsedUp));

        await FailAllAsync(client, 50);

        _handler.Calls.ShouldBe(50);
    }

    private static (string Name, string Value)[] UsedUp =>
        [
            ("x-ratelimit-limit-requests", "1440"),
            ("x-ratelimit-remaining-requests", "0"),
            ("x-ratelimit-reset-requests", "24h0m0s"),
        ];

    private static async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken token)
    {
        await Forever.WaitAsync(token);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private static void Script(int times, Action add)
    {
        for (int i = 0; i < times; i++)
            add();
    }

    private static async Task FailAllAsync(GroqClient client, int calls)
    {
        for (int i = 0; i < calls; i++)
            await Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Requests.Hello));
    }

    private GroqClient Client(Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.RateLimits.FirstCalls = 1000;
                configure?.Invoke(options);
            }
        );
}
