using System.Net;
using GroqKit.Models;
using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-19")]
public sealed class RetryTests
{
    private const string Empty = """{"object":"list","data":[]}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task Server_errors_wait_one_and_two_seconds()
    {
        _handler.Next(500, "").Next(502, "<html>").Next(200, Empty);
        Task<ModelList> call = Start();

        _clock.Pending.ShouldBe([TimeSpan.FromSeconds(1)]);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Until(() => _handler.Calls == 2);
        await _clock.WhenArmedAsync();
        _clock.Pending.ShouldBe([TimeSpan.FromSeconds(2)]);
        _clock.Advance(TimeSpan.FromSeconds(2));

        (await call).Metadata.Attempts.ShouldBe(3);
    }

    [Theory]
    [InlineData("retry-after", "7", 7.35)]
    [InlineData("retry-after", "30", 30.5)]
    [InlineData("retry-after", "0", 0)]
    [InlineData("retry-after-ms", "200", 0.21)]
    [InlineData("retry-after", "Sun, 01 Nov 2026 12:00:09 GMT", 9.45)]
    [InlineData("retry-after", "garbage", 1)]
    [InlineData("retry-after", "-4", 1)]
    public async Task A_rate_limit_waits_as_told_and_a_little_more(string name, string value, double seconds)
    {
        _handler.Next(429, "", (name, value)).Next(200, Empty);
        Task<ModelList> call = Start();

        _clock.Pending.ShouldBe(seconds == 0 ? [] : [TimeSpan.FromSeconds(seconds)]);
        _clock.Advance(TimeSpan.FromSeconds(seconds));

        (await call).Metadata.Attempts.ShouldBe(2);
    }

    [Theory]
    [InlineData("300")]
    [InlineData("1e9")]
    public async Task A_wait_beyond_the_deadline_fails_at_once_and_carries_it(string wait)
    {
        _handler.Next(429, "", ("retry-after", wait)).Next(200, Empty);

        var error = await Should.ThrowAsync<GroqRateLimitException>(() => Start());

        error.RetryAfter!.Value.ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(300));
        error.Attempts.ShouldBe(1);
        _handler.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(413)]
    [InlineData(422)]
    [InlineData(424)]
    public async Task What_cannot_succeed_is_not_repeated(int status)
    {
        _handler.Next(
            status,
            """{"error":{"message":"m","code":"rate_limit_exceeded","type":"tokens"}}""",
            ("retry-after", "1")
        );

        (await Should.ThrowAsync<GroqException>(() => Start())).Attempts.ShouldBe(1);
        _handler.Calls.ShouldBe(1);
    }

    [Theory]
    [InlineData(408, 0)]
    [InlineData(409, 1)]
    [InlineData(498, 1)]
    [InlineData(503, 1)]
    [InlineData(529, 1)]
    public async Task What_may_pass_is_repeated(int status, int seconds)
    {
        _handler.Next(status, "").Next(200, Empty);
        Task<ModelList> call = Start();

        _clock.Advance(TimeSpan.FromSeconds(seconds));

        (await call).Metadata.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_broken_connection_is_repeated()
    {
        _handler.NextError(new HttpRequestException("reset")).NextError(new IOException("cut")).Next(200, Empty);
        Task<ModelList> call = Start(options => options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero });

        (await call).Metadata.Attempts.ShouldBe(3);
    }

    [Fact]
    public async Task The_last_failure_is_raised_with_the_number_of_attempts()
    {
        _handler.Next(500, "a").Next(500, "b").Next(500, "c");

        var error = await Should.ThrowAsync<GroqServerException>(() =>
            Start(options => options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero })
        );

        error.Attempts.ShouldBe(3);
        error.Body.ShouldBe("c");
    }

    [Theory]
    [InlineData("false", 500, 1)]
    [InlineData("true", 400, 2)]
    public async Task The_servers_word_on_retrying_is_followed(string word, int status, int attempts)
    {
        _handler.Next(status, "", ("x-should-retry", word)).Next(200, Empty);

        try
        {
            await Start(options => options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero });
        }
        catch (GroqServerException)
        {
            attempts.ShouldBe(1);
        }
        _handler.Calls.ShouldBe(attempts);
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task A_call_may_have_its_own_number_of_retries()
    {
        _handler.Next(500, "").Next(200, Empty);
        using GroqClient client = Clients.For(_handler, options => options.Retry.MaxRetries = 2);

        await Should.ThrowAsync<GroqServerException>(() => client.Models.ListAsync(new CallOptions { MaxRetries = 0 }));

        _handler.Calls.ShouldBe(1);
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task An_attempt_that_hangs_is_repeated_at_once()
    {
        _handler.Next(Hang).Next(200, Empty);
        Task<ModelList> call = Start();

        _clock.Pending.ShouldBe([TimeSpan.FromSeconds(60)]);
        _clock.Advance(TimeSpan.FromSeconds(60));

        (await call).Metadata.Attempts.ShouldBe(2);
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task The_deadline_of_a_call_bounds_its_last_attempt_and_names_the_phase()
    {
        _handler.Next(Hang);
        using GroqClient client = Clients.For(_handler, options => options.TimeProvider = _clock);
        Task<ModelList> call = client.Models.ListAsync(new CallOptions { Timeout = TimeSpan.FromSeconds(5) });

        _clock.Advance(TimeSpan.FromSeconds(5));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => call);
        error.Phase.ShouldBe(TimeoutPhase.Headers);
        error.Limit.ShouldBe(TimeSpan.FromSeconds(5));
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task A_body_that_hangs_is_named()
    {
        _handler.Next(
            (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new SilentStream()) })
        );
        using GroqClient client = Clients.For(_handler, options => options.TimeProvider = _clock);
        Task<ModelList> call = client.Models.ListAsync();

        _clock.Advance(TimeSpan.FromSeconds(60));

        (await Should.ThrowAsync<GroqTimeoutException>(() => call)).Phase.ShouldBe(TimeoutPhase.Body);
    }

    [Fact]
    [Requirement("CL-09")]
    public async Task Its_caller_may_cancel_a_call_while_it_runs_or_waits()
    {
        using var running = new CancellationTokenSource();
        using var waiting = new CancellationTokenSource();
        _handler.Next(Hang).Next(500, "");
        using GroqClient client = Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.Retry = new RetryOptions();
            }
        );

        Task<ModelList> first = client.Models.ListAsync(cancellationToken: running.Token);
        await running.CancelAsync();
        (await Should.ThrowAsync<OperationCanceledException>(() => first)).CancellationToken.ShouldBe(running.Token);

        Task<ModelList> second = client.Models.ListAsync(cancellationToken: waiting.Token);
        await waiting.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        _handler.Calls.ShouldBe(2);
    }

    [Fact]
    public void Ten_thousand_delays_lie_within_the_jitter_and_under_the_cap()
    {
        var random = new Random(7);
        var backoff = new Backoff(new RetryOptions(), random.NextDouble);

        for (int i = 0; i < 10_000; i++)
        {
            int retry = i % 10;
            double nominal = Math.Min(Math.Pow(2, retry), 60);
            backoff.Delay(retry).TotalSeconds.ShouldBeInRange(nominal * 0.75, nominal * 1.25);
        }
    }

    [Fact]
    public void A_hundred_clients_do_not_retry_in_step()
    {
        var random = new Random(11);
        var backoff = new Backoff(new RetryOptions(), random.NextDouble);

        int[] bins = [.. Enumerable.Range(0, 100).Select(_ => (int)(backoff.Delay(0).TotalMilliseconds / 10))];

        // 50 bins of 10 ms lie within ± 25 % of a second; chance fills one with 2 on average.
        bins.GroupBy(bin => bin).Max(group => group.Count()).ShouldBeLessThan(10);
    }

    [Fact]
    public void Full_jitter_spreads_a_wait_over_all_of_it()
    {
        var random = new Random(13);
        var backoff = new Backoff(new RetryOptions { FullJitter = true }, random.NextDouble);

        double[] waits = [.. Enumerable.Range(0, 10_000).Select(_ => backoff.Delay(3).TotalSeconds)];

        waits.ShouldAllBe(seconds => seconds >= 0 && seconds < 8);
        waits.Min().ShouldBeLessThan(0.1);
        waits.Max().ShouldBeGreaterThan(7.9);
        waits.Average().ShouldBe(4, tolerance: 0.1);
    }

    [Fact]
    public void A_server_is_never_asked_again_sooner_than_it_said_nor_is_jitter_why_a_deadline_is_missed()
    {
        TimeSpan asked = TimeSpan.FromSeconds(7);
        var most = new Backoff(new RetryOptions(), static () => 0.999999);
        var least = new Backoff(new RetryOptions(), static () => 0);
        var none = new Backoff(new RetryOptions { MaxRetryAfterJitter = TimeSpan.Zero }, static () => 0.999999);

        least.After(asked, TimeSpan.FromMinutes(1)).ShouldBe(asked);
        none.After(asked, TimeSpan.FromMinutes(1)).ShouldBe(asked);
        most.After(asked, TimeSpan.FromMinutes(1)).TotalSeconds.ShouldBe(7.7, tolerance: 0.001);
        most.After(asked, TimeSpan.FromSeconds(7.2)).TotalSeconds.ShouldBe(7.1, tolerance: 0.001);
        most.After(asked, TimeSpan.FromSeconds(3)).ShouldBe(asked);
    }

    private static async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken token)
    {
        await Forever.WaitAsync(token);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private Task<ModelList> Start(Action<GroqClientOptions>? configure = null)
    {
        GroqClient client = Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.Randomness = () => 0.5;
                options.Retry = new RetryOptions();
                configure?.Invoke(options);
            }
        );
        return client.Models.ListAsync(cancellationToken: TestContext.Current.CancellationToken);
    }
}
