using System.Net;
using GroqKit.Chat;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-19")]
public sealed class HedgingTests
{
    private const string Answer =
        """{"id":"c","object":"chat.completion","created":1,"model":"openai/gpt-oss-20b","choices":[{"index":0,"message":{"role":"assistant","content":"Hi"},"finish_reason":"stop"}]}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task A_slow_call_is_sent_again_and_the_slow_one_cancelled()
    {
        using GroqClient client = Client();
        _handler.Next(Hang).Next(200, Answer);

        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
        _handler.Calls.ShouldBe(1);
        _clock.Advance(TimeSpan.FromSeconds(2));

        ChatCompletion completion = await call;
        completion.Text.ShouldBe("Hi");
        completion.Metadata.Attempts.ShouldBe(2);
        await _left.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        client.Resilience.RetryBudget.ShouldBe(500, "the hedge won, and gave back what it took");
    }

    [Fact]
    public async Task A_quick_call_is_sent_once()
    {
        using GroqClient client = Client();
        _handler.Next(200, Answer);

        (await client.Chat.CreateAsync(Requests.Hello)).Metadata.Attempts.ShouldBe(1);

        _clock.Pending.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_failure_is_not_hedged_but_retried()
    {
        using GroqClient client = Client();
        _handler.Next(503, "");

        await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));

        _handler.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task A_hedge_that_fails_leaves_the_race_to_the_first()
    {
        using GroqClient client = Client();
        var release = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Next((_, _) => release.Task).Next(500, "");
        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Until(() => _handler.Calls == 2);

        release.SetResult(new HttpResponseMessage { Content = new StringContent(Answer) });

        (await call).Text.ShouldBe("Hi");
    }

    [Fact]
    public async Task When_all_fail_the_last_failure_is_raised()
    {
        using GroqClient client = Client();
        var release = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Next((_, _) => release.Task).Next(500, "");
        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await Until(() => _handler.Calls == 2);

        release.SetResult(new HttpResponseMessage(HttpStatusCode.BadRequest));

        (await Should.ThrowAsync<GroqValidationException>(() => call)).Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task Never_more_run_at_once_than_allowed()
    {
        using GroqClient client = Client(options => options.Hedging.MaxParallel = 3);
        _handler.Next(Hang).Next(Hang).Next(Hang);
        using var cancellation = new CancellationTokenSource();
        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello, cancellationToken: cancellation.Token);
        for (int i = 0; i < 10; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(2));
            await Until(() => _handler.Calls >= Math.Min(3, i + 2));
        }

        _handler.Calls.ShouldBe(3);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
    }

    [Fact]
    public async Task Without_budget_nothing_is_sent_again()
    {
        using GroqClient client = Client(options => options.RetryBudget.Capacity = 1);
        var release = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Next((_, _) => release.Task);
        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(20));

        release.SetResult(new HttpResponseMessage { Content = new StringContent(Answer) });

        (await call).Metadata.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Without_a_delay_the_95th_percentile_of_the_model_decides()
    {
        using GroqClient client = Client(options => options.Hedging.Delay = null);
        for (int i = 1; i <= 20; i++)
        {
            double milliseconds = i * 10;
            _handler.Next(
                (_, _) =>
                {
                    _clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
                    return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Answer) });
                }
            );
            await client.Chat.CreateAsync(Requests.Hello);
        }
        _handler.Next(Hang).Next(200, Answer);

        Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);

        _clock.Pending.ShouldContain(TimeSpan.FromMilliseconds(190));
        _clock.Advance(TimeSpan.FromMilliseconds(190));
        (await call).Metadata.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_without_headers_is_asked_for_again_and_read_to_its_end()
    {
        using GroqClient client = Client();
        _handler.Next(Hang).NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));

        Task<ChatStream> opening = client.Chat.StreamAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(2));

        ChatCompletion completion = await (await opening).CollectAsync();
        completion.Text.ShouldBe("Hi – \"ünd\" 😀");
        completion.Metadata.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_has_headers_but_no_first_token_loses_to_one_that_speaks()
    {
        using GroqClient client = Client();
        string beginning = Streams.Event(Streams.Chunk("""{"role":"assistant","content":""}"""));
        var silent = new ScriptedStream(Streams.Bytes(": ping\n\n" + beginning), hangs: true);
        _handler.NextStream(silent).NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal), portion: () => 7));

        Task<ChatStream> opening = client.Chat.StreamAsync(Requests.Hello);
        opening.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(2));

        await using ChatStream stream = await opening;
        List<ChatChunk> chunks = [];
        await foreach (ChatChunk chunk in stream)
            chunks.Add(chunk);
        chunks.Count.ShouldBe(5, "what was read ahead is delivered, too");
        stream.Snapshot().Text.ShouldBe("Hi – \"ünd\" 😀");
        await Until(() => silent.IsDisposed);
    }

    [Fact]
    public async Task A_stream_that_breaks_before_its_first_token_is_retried_and_one_that_breaks_after_is_not()
    {
        using GroqClient client = Client(options =>
            options.Retry = new RetryOptions { BaseDelay = TimeSpan.Zero, MaxRetries = 1 }
        );
        byte[] bytes = Streams.Bytes(Streams.Minimal);
        _handler
            .NextStream(new ScriptedStream(bytes[..20], error: new IOException("reset")))
            .NextStream(new ScriptedStream(bytes[..^40], error: new IOException("reset")));

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        var error = await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        error.Reason.ShouldBe(StreamFailure.ConnectionLost);
        ((ChatCompletion)error.Partial!).Text.ShouldBe("Hi – \"ünd\" 😀");
        _handler.Calls.ShouldBe(2);
    }

    [Fact]
    public async Task A_stream_that_stays_silent_ends_with_the_phase_named()
    {
        using GroqClient client = Client(options => options.Hedging.Delay = TimeSpan.FromHours(1));
        _handler.NextStream(new ScriptedStream([], hangs: true));

        Task<ChatStream> opening = client.Chat.StreamAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(60));

        (await Should.ThrowAsync<GroqTimeoutException>(() => opening)).Phase.ShouldBe(TimeoutPhase.FirstChunk);
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task Losers_are_no_failures_and_hold_nothing()
    {
        using GroqClient client = Client(options => options.RateLimits.RequestsPerMinute = 1000);
        for (int i = 0; i < 10; i++)
        {
            _handler.Next(Hang).Next(200, Answer);
            Task<ChatCompletion> call = client.Chat.CreateAsync(Requests.Hello);
            _clock.Advance(TimeSpan.FromSeconds(2));
            await call;
        }

        client
            .Resilience.GetCircuit(Requests.Hello.Model)
            .ShouldBe(new GroqKit.Resilience.CircuitStatus(GroqKit.Resilience.CircuitState.Closed, 0, 0, null));
        _handler.Calls.ShouldBe(20);
    }

    [Fact]
    public async Task While_a_circuit_tries_again_nothing_is_sent_twice()
    {
        using GroqClient client = Client();
        for (int i = 0; i < 5; i++)
        {
            _handler.Next(503, "");
            await Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Requests.Hello));
        }
        _clock.Advance(TimeSpan.FromSeconds(30));
        var release = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Next((_, _) => release.Task);
        Task<ChatCompletion> trial = client.Chat.CreateAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(20));

        release.SetResult(new HttpResponseMessage { Content = new StringContent(Answer) });

        (await trial).Metadata.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Over_real_connections_the_loser_is_hung_up_on()
    {
        await using StubServer server = await StubServer.StartAsync();
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Next(async context =>
        {
            context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });
        server.Next(200, Answer);
        using GroqClient client = Clients.For(
            server,
            options =>
            {
                options.Hedging.Enabled = true;
                options.Hedging.Delay = TimeSpan.FromMilliseconds(50);
            }
        );

        ChatCompletion completion = await client.Chat.CreateAsync(Requests.Hello);

        completion.Text.ShouldBe("Hi");
        await left.Task.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public async Task The_answer_of_a_loser_is_thrown_away()
    {
        using GroqClient client = Client();
        var body = new ScriptedStream(Streams.Bytes(Streams.Minimal));
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _handler.Next((_, _) => late.Task).NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));
        Task<ChatStream> opening = client.Chat.StreamAsync(Requests.Hello);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await using ChatStream won = await opening;

        late.SetResult(new HttpResponseMessage { Content = new StreamContent(body) });

        await Until(() => body.IsDisposed);
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken token)
    {
        try
        {
            await Forever.WaitAsync(token);
        }
        finally
        {
            _left.TrySetResult();
        }
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private GroqClient Client(Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.Hedging.Enabled = true;
                options.Hedging.Delay = TimeSpan.FromSeconds(2);
                configure?.Invoke(options);
            }
        );
}
