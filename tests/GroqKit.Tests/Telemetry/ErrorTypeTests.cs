using System.Diagnostics;
using GroqKit.Chat;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;
using GroqKit.Tests.Resilience;

namespace GroqKit.Tests.Telemetry;

/// <summary>Every way to fail has one word, the same on the span and on the metrics.</summary>
[Collection(nameof(AloneCollection))]
[Requirement("CL-24", "CL-25")]
public sealed class ErrorTypeTests : IDisposable
{
    /// <summary>What is thrown before a call, or after several.</summary>
    private static readonly Type[] Above =
    [
        typeof(GroqConfigurationException),
        typeof(GroqStructuredOutputException),
        typeof(GroqSpeechException),
        typeof(GroqTranscriptionException),
    ];

    private readonly TelemetryRecorder _heard = new();
    private readonly ScriptedHandler _handler = new();

    public void Dispose() => _heard.Dispose();

    [Theory]
    [InlineData(401, "invalid_api_key", "authentication")]
    [InlineData(403, "permissions_error", "permission")]
    [InlineData(400, "invalid_request", "invalid_request")]
    [InlineData(404, "model_not_found", "model_not_found")]
    [InlineData(400, "context_length_exceeded", "context_length_exceeded")]
    [InlineData(429, "rate_limit_exceeded", "rate_limit_exceeded")]
    [InlineData(500, "internal", "server_error")]
    [InlineData(498, "capacity_exceeded", "overloaded")]
    public async Task An_answer_that_is_an_error(int status, string code, string expected)
    {
        _handler.Next(status, $$"""{"error":{"message":"m","type":"t","code":"{{code}}"} }""");

        await Fails(expected);
    }

    [Fact]
    public async Task A_network_that_breaks()
    {
        _handler.NextError(new HttpRequestException("refused"));

        await Fails("network");
    }

    [Fact]
    public async Task A_deadline_that_passes()
    {
        var clock = new ManualTimeProvider();
        _handler.Next(
            (_, token) =>
            {
                clock.Advance(TimeSpan.FromSeconds(61));
                token.ThrowIfCancellationRequested();
                throw new InvalidOperationException("The deadline has not passed.");
            }
        );

        await Fails("timeout", options => options.TimeProvider = clock);
    }

    [Fact]
    public async Task A_circuit_that_is_open()
    {
        _handler.Next(500, "");
        using GroqClient client = Clients.For(_handler, options => options.CircuitBreaker.FailuresToOpen = 1);
        await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));

        await Should.ThrowAsync<GroqCircuitOpenException>(() => client.Chat.CreateAsync(Requests.Hello));

        Activity refused = _heard.Spans[1];
        refused.GetTagItem(GenAiNames.ErrorType).ShouldBe("circuit_open");
        refused.GetTagItem(GenAiNames.Groq.Attempts).ShouldBe(0);
    }

    [Fact]
    public async Task An_error_within_a_stream_keeps_its_kind()
    {
        _handler.NextStream(
            new ScriptedStream(
                Streams.Bytes("event: error\ndata: {\"error\":{\"message\":\"m\",\"status_code\":429}}\n\n")
            )
        );
        using GroqClient client = Clients.For(_handler);
        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);

        await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        _heard.Span.GetTagItem(GenAiNames.ErrorType).ShouldBe("rate_limit_exceeded");
    }

    [Fact]
    public async Task A_caller_who_cancels_makes_no_error_of_the_span()
    {
        using var source = new CancellationTokenSource();
        _handler.Next(
            async (_, token) =>
            {
                await source.CancelAsync();
                token.ThrowIfCancellationRequested();
                return new HttpResponseMessage();
            }
        );
        using GroqClient client = Clients.For(_handler);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            client.Chat.CreateAsync(Requests.Hello, null, source.Token)
        );

        _heard.Span.Status.ShouldBe(ActivityStatusCode.Unset);
        _heard.Span.GetTagItem(GenAiNames.ErrorType).ShouldBe("cancelled");
        _heard.Value(GenAiNames.Prometheus.Requests, ("status", "cancelled")).ShouldBe(1);
    }

    [Fact]
    public void Each_kind_of_error_has_its_own_word_and_sentence()
    {
        Exception[] errors =
        [
            .. typeof(GroqException)
                .Assembly.GetExportedTypes()
                .Where(type => type.IsSubclassOf(typeof(GroqException)) && !type.IsAbstract)
                .Where(type => !Above.Contains(type))
                .Select(type => (Exception)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(type)),
        ];

        errors.Length.ShouldBeGreaterThan(10);
        errors.ShouldAllBe(error => ErrorTypes.Of(error) != GenAiNames.Other);
        errors
            .Select(ErrorTypes.Of)
            .ShouldAllBe(word => ErrorTypes.Describe(word) != ErrorTypes.Describe(GenAiNames.Other));
    }

    private async Task Fails(string expected, Action<GroqClientOptions>? configure = null)
    {
        using GroqClient client = Clients.For(_handler, configure);

        await Should.ThrowAsync<GroqException>(() => client.Chat.CreateAsync(Requests.Hello));

        Activity span = _heard.Span;
        span.GetTagItem(GenAiNames.ErrorType).ShouldBe(expected);
        span.Status.ShouldBe(ActivityStatusCode.Error);
        span.StatusDescription.ShouldBe(ErrorTypes.Describe(expected));
        _heard.Of(GenAiNames.Metrics.OperationDuration).ShouldHaveSingleItem();
        _heard
            .Value(GenAiNames.Metrics.OperationDuration, (GenAiNames.ErrorType, expected))
            .ShouldBeGreaterThanOrEqualTo(0);
        _heard.Value(GenAiNames.Prometheus.Requests, ("status", "error")).ShouldBe(1);
    }
}
