using System.Diagnostics;
using GroqKit.Chat;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

/// <summary>Under somebody else's instrumentation, as that of a wrapping chat client, nothing is measured twice.</summary>
[Collection(nameof(AloneCollection))]
[Requirement("CL-24", "CL-25")]
public sealed class OuterTelemetryTests : IDisposable
{
    private readonly TelemetryRecorder _heard = new();
    private readonly ScriptedHandler _handler = new();

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task What_the_outer_span_already_tells_is_left_to_it()
    {
        _handler.Next(200, Answers.Text("Hi"), ("x-request-id", "req_1"));
        using GroqClient client = Clients.For(_handler);
        using Activity outer = Outer("chat", Requests.Hello.Model);

        await client.Chat.CreateAsync(Requests.Hello with { Temperature = 0.5 });

        _heard.Spans.ShouldBeEmpty();
        GenAiMetrics().ShouldBeEmpty();
        outer.IsStopped.ShouldBeFalse();
        outer.TagObjects.Select(tag => tag.Key).Where(IsGenAi).Count().ShouldBe(2);
        outer.GetTagItem(GenAiNames.Groq.Attempts).ShouldBe(1);
        outer.GetTagItem(GenAiNames.Groq.ResponseRequestId).ShouldBe("req_1");
        outer.GetTagItem(GenAiNames.Groq.UsageTotalTime).ShouldBe(0.75);
        _heard.Value(GenAiNames.Prometheus.Requests).ShouldBe(1);
        _heard.Value(GenAiNames.Prometheus.Tokens, ("type", "input")).ShouldBe(20);
    }

    [Fact]
    public async Task A_stream_is_added_to_the_outer_span_too()
    {
        _handler.NextStream(new ScriptedStream(Streams.Bytes(Streams.Minimal)));
        using GroqClient client = Clients.For(_handler);
        using Activity outer = Outer("chat", Requests.Hello.Model);

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await stream.CollectAsync();

        _heard.Spans.ShouldBeEmpty();
        GenAiMetrics().ShouldBeEmpty();
        outer.GetTagItem(GenAiNames.Groq.StreamChunkCount).ShouldBe(3);
        _heard.Of(GenAiNames.Prometheus.FirstToken).ShouldHaveSingleItem();
        Activity.Current.ShouldBeSameAs(outer);
    }

    [Fact]
    public async Task An_error_is_the_outer_spans_to_tell()
    {
        _handler.Next(400, "");
        using GroqClient client = Clients.For(_handler);
        using Activity outer = Outer("chat", Requests.Hello.Model);

        await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Requests.Hello));

        outer.Status.ShouldBe(ActivityStatusCode.Unset);
        outer.GetTagItem(GenAiNames.ErrorType).ShouldBeNull();
        _heard.Value(GenAiNames.Prometheus.Requests, ("status", "error")).ShouldBe(1);
    }

    [Theory]
    [InlineData("invoke_agent", "openai/gpt-oss-20b", OperationSpans.Auto, 1)]
    [InlineData("chat", "another", OperationSpans.Auto, 1)]
    [InlineData("chat", "openai/gpt-oss-20b", OperationSpans.Auto, 0)]
    [InlineData("chat", "openai/gpt-oss-20b", OperationSpans.Always, 1)]
    [InlineData("chat", "another", OperationSpans.Never, 0)]
    public async Task An_own_span_depends_on_what_is_outside_and_on_the_options(
        string operation,
        string model,
        OperationSpans spans,
        int expected
    )
    {
        _handler.Next(200, Answers.Text("Hi"));
        using GroqClient client = Clients.For(_handler, options => options.Telemetry.OperationSpans = spans);
        using Activity outer = Outer(operation, model);

        await client.Chat.CreateAsync(Requests.Hello);

        _heard.Spans.Count.ShouldBe(expected);
        _heard.Of(GenAiNames.Metrics.TokenUsage).Count.ShouldBe(2 * expected);
        _heard.Of(GenAiNames.Prometheus.Requests).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_outer_span_that_has_ended_counts_for_nothing()
    {
        _handler.Next(200, Answers.Text("Hi"));
        using GroqClient client = Clients.For(_handler);
        Activity outer = Outer("chat", Requests.Hello.Model);
        outer.Stop();

        await client.Chat.CreateAsync(Requests.Hello);

        _heard.Spans.Count.ShouldBe(1);
    }

    private static Activity Outer(string operation, string model)
    {
        Activity outer = TelemetryRecorder.Caller.StartActivity("outer")!;
        outer.SetTag(GenAiNames.OperationName, operation);
        outer.SetTag(GenAiNames.RequestModel, model);
        return outer;
    }

    private static bool IsGenAi(string name) => name.StartsWith("gen_ai.", StringComparison.Ordinal);

    private IEnumerable<Measurement> GenAiMetrics() =>
        _heard.Measurements.Where(measurement => IsGenAi(measurement.Instrument));
}
