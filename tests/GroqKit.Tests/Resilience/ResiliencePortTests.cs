using GroqKit.Audio;
using GroqKit.Chat;
using GroqKit.Models;
using GroqKit.Resilience;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;
using CircuitState = GroqKit.Resilience.CircuitState;

namespace GroqKit.Tests.Resilience;

/// <summary>Somebody else's idea of resilience, in the place of the client's own.</summary>
[Requirement("CL-07")]
public sealed class ResiliencePortTests
{
    private const string Empty = """{"object":"list","data":[]}""";

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();

    [Fact]
    public async Task A_pipeline_of_Polly_retries_as_it_was_told()
    {
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder()
            .AddRetry(
                new RetryStrategyOptions
                {
                    MaxRetryAttempts = 4,
                    Delay = TimeSpan.Zero,
                    ShouldHandle = static args =>
                        ValueTask.FromResult(args.Outcome.Exception is GroqException { IsRetryable: true }),
                }
            )
            .Build();
        using GroqClient client = Client(new PipelineResilience(pipeline));
        _handler.Next(500, "").Next(429, "").NextError(new HttpRequestException("reset")).Next(200, Empty);
        _handler.Next(400, "").Next(200, Empty);

        (await client.Models.ListAsync()).Metadata.Attempts.ShouldBe(4);
        (await Should.ThrowAsync<GroqValidationException>(() => client.Models.ListAsync())).Attempts.ShouldBe(1);

        client.Resilience.RetryBudget.ShouldBe(500, "the client's own retries have no part in it");
    }

    [Fact]
    public async Task Its_circuit_is_seen_and_reset_through_the_client()
    {
        var state = new CircuitBreakerStateProvider();
        var control = new CircuitBreakerManualControl();
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddCircuitBreaker(
                new CircuitBreakerStrategyOptions
                {
                    MinimumThroughput = 2,
                    FailureRatio = 1,
                    BreakDuration = TimeSpan.FromSeconds(7),
                    StateProvider = state,
                    ManualControl = control,
                }
            )
            .Build();
        using GroqClient client = Client(
            new PipelineResilience(pipeline, state, () => control.CloseAsync().IsCompletedSuccessfully.ShouldBeTrue())
        );
        string model = Requests.Hello.Model;
        _handler.Next(500, "").Next(500, "");
        for (int i = 0; i < 2; i++)
            await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));

        var error = await Should.ThrowAsync<GroqCircuitOpenException>(() => client.Chat.CreateAsync(Requests.Hello));

        error.RetryAfter.ShouldBe(TimeSpan.FromSeconds(7));
        _handler.Calls.ShouldBe(2);
        client.Resilience.GetCircuit(model)!.State.ShouldBe(CircuitState.Open);
        client.Resilience.ResetCircuit(model);
        client.Resilience.GetCircuit(model)!.State.ShouldBe(CircuitState.Closed);
        _handler.Next(400, "");
        await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));
    }

    [Fact]
    public async Task What_it_cuts_off_is_a_timeout()
    {
        ResiliencePipeline pipeline = new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddTimeout(TimeSpan.FromSeconds(3))
            .Build();
        using GroqClient client = Client(new PipelineResilience(pipeline));
        _handler.Next(Hang);
        Task<ModelList> call = client.Models.ListAsync();

        _clock.Advance(TimeSpan.FromSeconds(3));

        var error = await Should.ThrowAsync<GroqTimeoutException>(() => call);
        (error.Phase, error.Limit, error.Attempts).ShouldBe((TimeoutPhase.Total, TimeSpan.FromSeconds(3), 1));
        error.InnerException.ShouldBeOfType<TimeoutRejectedException>();
    }

    [Fact]
    public async Task It_knows_what_is_called_and_how_long_there_is()
    {
        ResilientCall? seen = null;
        using GroqClient client = Client(
            new Given(
                async (call, token) =>
                {
                    seen = call;
                    (call.Model, call.Method, call.Path).ShouldBe(
                        ("openai/gpt-oss-20b", HttpMethod.Post, "/openai/v1/chat/completions")
                    );
                    (call.MaxRetries, call.Remaining, call.CanAttempt).ShouldBe((7, TimeSpan.FromSeconds(9), true));
                    await call.AttemptAsync(token);
                }
            )
        );
        _handler.NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));

        await using ChatStream stream = await client.Chat.StreamAsync(
            Requests.Hello,
            new CallOptions { MaxRetries = 7, Timeout = TimeSpan.FromSeconds(9) }
        );

        (await stream.CollectAsync()).Text.ShouldBe("Hi – \"ünd\" 😀");
        seen!.Attempts.ShouldBe(1);
    }

    [Fact]
    public async Task Of_several_attempts_that_work_the_last_counts_and_the_others_are_closed()
    {
        var first = new ScriptedStream(Streams.Bytes(Streams.Minimal));
        using GroqClient client = Client(
            new Given(
                async (call, token) =>
                {
                    await call.AttemptAsync(token);
                    await call.AttemptAsync(token);
                }
            )
        );
        _handler.NextStream(first).NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);

        first.IsDisposed.ShouldBeTrue();
        (await stream.CollectAsync()).Metadata.Attempts.ShouldBe(2);
    }

    [Fact]
    public async Task One_that_gives_up_after_an_answer_leaves_nothing_open()
    {
        var body = new ScriptedStream(Streams.Bytes(Streams.Minimal));
        using GroqClient client = Client(
            new Given(
                async (call, token) =>
                {
                    await call.AttemptAsync(token);
                    throw new InvalidOperationException("changed my mind");
                }
            )
        );
        _handler.NextStream(body);

        await Should.ThrowAsync<InvalidOperationException>(() => client.Chat.StreamAsync(Requests.Hello));

        body.IsDisposed.ShouldBeTrue();
    }

    [Fact]
    public async Task One_that_makes_no_attempt_or_two_at_once_is_told_so()
    {
        using GroqClient idle = Client(new Given((_, _) => ValueTask.CompletedTask));
        using GroqClient hasty = Client(
            new Given(
                async (call, token) =>
                {
                    Task first = call.AttemptAsync(token).AsTask();
                    await call.AttemptAsync(token);
                    await first;
                }
            )
        );
        _handler.Next(Hang);

        (await Should.ThrowAsync<InvalidOperationException>(() => idle.Models.ListAsync())).Message.ShouldContain(
            nameof(Given)
        );
        (await Should.ThrowAsync<InvalidOperationException>(() => hasty.Models.ListAsync())).Message.ShouldContain(
            "one after the other"
        );
    }

    [Fact]
    public async Task A_call_whose_time_is_over_is_not_sent()
    {
        using GroqClient client = Client(
            new Given(
                async (call, token) =>
                {
                    _clock.Advance(TimeSpan.FromSeconds(10));
                    await call.AttemptAsync(token);
                }
            )
        );

        var error = await Should.ThrowAsync<GroqTimeoutException>(() =>
            client.Models.ListAsync(new CallOptions { Timeout = TimeSpan.FromSeconds(10) })
        );

        (error.Phase, error.IsTotal, error.Attempts).ShouldBe((TimeoutPhase.Total, true, 0));
        _handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task An_upload_that_was_read_is_not_sent_again_whoever_asks()
    {
        using GroqClient client = Client(
            new Given(
                async (call, token) =>
                {
                    try
                    {
                        await call.AttemptAsync(token);
                    }
                    catch (GroqServerException)
                    {
                        call.CanAttempt.ShouldBeFalse();
                        await call.AttemptAsync(token);
                    }
                }
            )
        );
        _handler.Next(
            async (request, token) =>
            {
                await request.Content!.ReadAsByteArrayAsync(token);
                return new HttpResponseMessage(System.Net.HttpStatusCode.BadGateway);
            }
        );
        byte[] sound = [.. "fLaC"u8, .. new byte[100]];

        var error = await Should.ThrowAsync<GroqServerException>(() =>
            client.Audio.Transcriptions.CreateAsync(
                new TranscriptionRequest { Audio = AudioInput.FromStream(new SlicedStream(sound, 10)) }
            )
        );

        error.Attempts.ShouldBe(1);
        _handler.Calls.ShouldBe(1);
    }

    private static async Task<HttpResponseMessage> Hang(HttpRequestMessage request, CancellationToken token)
    {
        await Forever.WaitAsync(token);
        return new HttpResponseMessage();
    }

    private GroqClient Client(IGroqResilience resilience) =>
        Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                options.Retry.MaxRetries = 5;
                options.Resilience = resilience;
            }
        );

    private sealed class Given(Func<ResilientCall, CancellationToken, ValueTask> execute) : IGroqResilience
    {
        public ValueTask ExecuteAsync(ResilientCall call, CancellationToken cancellationToken) =>
            execute(call, cancellationToken);

        public CircuitState GetCircuitState(string model) => CircuitState.Closed;

        public void ResetCircuit(string model) { }
    }
}
