using System.Diagnostics;
using GroqKit.Chat;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

/// <summary>Where spans stand among others, over real HTTP.</summary>
[Collection(nameof(AloneCollection))]
[Requirement("CL-24")]
public sealed class SpanTests : IDisposable
{
    private readonly TelemetryRecorder _heard = new(metrics: false);

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task A_call_is_a_child_of_its_callers_span_and_each_attempt_is_a_child_of_the_call()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(503, "");
        server.Next(200, Answers.Text("Hi"));
        using GroqClient client = Clients.For(server, options => options.Retry = new() { BaseDelay = TimeSpan.Zero });
        using Activity caller = TelemetryRecorder.Caller.StartActivity("caller")!;

        await client.Chat.CreateAsync(Requests.Hello);

        Activity call = _heard.Span;
        call.ParentSpanId.ShouldBe(caller.SpanId);
        call.Source.Version.ShouldNotBeNullOrEmpty();
        call.GetTagItem(GenAiNames.ServerAddress).ShouldBe("127.0.0.1");
        call.GetTagItem(GenAiNames.ServerPort).ShouldBe(new Uri(server.Address).Port);
        _heard.HttpSpans.Select(attempt => attempt.ParentSpanId).ShouldBe([call.SpanId, call.SpanId]);
        _heard.HttpSpans.Select(attempt => attempt.GetTagItem("http.response.status_code")).ShouldBe([503, 200]);
        Activity.Current.ShouldBeSameAs(caller);
    }

    [Fact]
    public async Task A_streams_span_lasts_to_its_last_chunk()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.NextStream(Streams.Minimal);
        using GroqClient client = Clients.For(server);
        using Activity caller = TelemetryRecorder.Caller.StartActivity("caller")!;

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        _heard.Spans.ShouldBeEmpty();
        await stream.CollectAsync();

        Activity call = _heard.Span;
        call.ParentSpanId.ShouldBe(caller.SpanId);
        Activity attempt = _heard.HttpSpans.ShouldHaveSingleItem();
        attempt.ParentSpanId.ShouldBe(call.SpanId);
        (call.StartTimeUtc + call.Duration).ShouldBeGreaterThanOrEqualTo(attempt.StartTimeUtc + attempt.Duration);
    }

    [Fact]
    public async Task What_a_reader_does_between_chunks_is_not_part_of_the_stream()
    {
        var handler = new ScriptedHandler().NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));
        using GroqClient client = Clients.For(handler);
        using Activity caller = TelemetryRecorder.Caller.StartActivity("caller")!;
        var parents = new List<ActivitySpanId>();

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await foreach (ChatChunk _ in stream)
        {
            using Activity work = TelemetryRecorder.Caller.StartActivity("work")!;
            parents.Add(work.ParentSpanId);
        }

        parents.ShouldAllBe(parent => parent == caller.SpanId);
        Activity.Current.ShouldBeSameAs(caller);
    }

    [Fact]
    public async Task A_stream_that_is_closed_within_another_span_leaves_that_span_current()
    {
        var handler = new ScriptedHandler().NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));
        using GroqClient client = Clients.For(handler);
        ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        using Activity caller = TelemetryRecorder.Caller.StartActivity("caller")!;

        await stream.DisposeAsync();

        Activity.Current.ShouldBeSameAs(caller);
        _heard.Span.GetTagItem(GenAiNames.Groq.StreamAbandoned).ShouldBe(true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_server_is_sent_the_trace_only_when_the_options_say_so(bool propagate)
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Text("Hi"));
        using GroqClient client = Clients.For(server, options => options.Telemetry.PropagateTraceContext = propagate);

        await client.Chat.CreateAsync(Requests.Hello);

        Activity attempt = _heard.HttpSpans.ShouldHaveSingleItem();
        server
            .Requests.ShouldHaveSingleItem()
            .Headers.GetValueOrDefault("traceparent")
            .ShouldBe(propagate ? attempt.Id : null);
    }

    [Fact]
    public async Task A_sampler_sees_what_a_span_is_about()
    {
        KeyValuePair<string, object?>[] seen = [];
        using var sampler = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GenAiNames.Scope,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                seen = [.. options.Tags!];
                return ActivitySamplingResult.None;
            },
        };
        ActivitySource.AddActivityListener(sampler);
        using GroqClient client = Clients.For(new ScriptedHandler().Next(200, Answers.Text("Hi")));

        await client.Chat.CreateAsync(Requests.Hello);

        seen.ShouldBe(
            [
                new(GenAiNames.OperationName, "chat"),
                new(GenAiNames.ProviderName, "groq"),
                new(GenAiNames.RequestModel, Requests.Hello.Model),
                new(GenAiNames.ServerAddress, "api.groq.com"),
                new(GenAiNames.ServerPort, 443),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public async Task Telemetry_that_is_off_tells_nothing()
    {
        using GroqClient client = Clients.For(
            new ScriptedHandler().Next(200, Answers.Text("Hi")),
            options => options.Telemetry.Enabled = false
        );

        await client.Chat.CreateAsync(Requests.Hello);

        _heard.Spans.ShouldBeEmpty();
    }
}
