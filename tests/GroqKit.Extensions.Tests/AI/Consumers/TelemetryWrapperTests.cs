using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Consumers;

[Requirement("CL-28", "CL-24", "CL-25")]
public sealed class TelemetryWrapperTests : IDisposable
{
    // Listeners hear the whole process: each test has a model of its own.
    private readonly string _model = $"test/{Guid.NewGuid():N}";
    private readonly ConcurrentBag<Activity> _spans = [];
    private readonly ConcurrentBag<(string Meter, string Type, double Count)> _tokens = [];
    private readonly ConcurrentBag<string> _requests = [];
    private readonly ActivityListener _activities;
    private readonly MeterListener _measurements = new();

    public TelemetryWrapperTests()
    {
        _activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name is TelemetryWrapper.Name or "GroqKit",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (activity.GetTagItem("gen_ai.request.model") as string == _model)
                    _spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_activities);
        _measurements.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name is "gen_ai.client.token.usage" or "groq_requests_total")
                listener.EnableMeasurementEvents(instrument);
        };
        _measurements.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _measurements.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _measurements.SetMeasurementEventCallback<double>(
            (instrument, value, tags, _) => Note(instrument, value, tags)
        );
        _measurements.Start();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Under_a_wrapper_that_measures_nothing_is_measured_twice(bool streams)
    {
        ChatResponse answer = await AskAsync(chat => new TelemetryWrapper(chat), streams);

        answer.Text.ShouldBe("hello");
        Activity span = _spans.ShouldHaveSingleItem();
        span.Source.Name.ShouldBe(TelemetryWrapper.Name);
        _tokens.ShouldBe(
            [(TelemetryWrapper.Name, "input", 20), (TelemetryWrapper.Name, "output", 10)],
            ignoreOrder: true
        );
        _requests.ShouldHaveSingleItem();
        span.GetTagItem("groqkit.attempts").ShouldBe(1);
        span.GetTagItem("gen_ai.usage.input_tokens").ShouldBeOfType<int>().ShouldBe(20);
        span.GetTagItem("gen_ai.provider.name").ShouldBe("groq");
        span.GetTagItem("server.address").ShouldBe("api.groq.com");
        span.GetTagItem("server.port").ShouldBe(443);
        span.TagObjects.Where(tag => tag.Key.StartsWith("gen_ai.usage", StringComparison.Ordinal))
            .ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Without_one_the_client_measures_by_itself(bool streams)
    {
        await AskAsync(chat => chat, streams);

        _spans.ShouldHaveSingleItem().Source.Name.ShouldBe("GroqKit");
        _tokens.ShouldBe([("GroqKit", "input", 20), ("GroqKit", "output", 10)], ignoreOrder: true);
        _requests.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Each_round_of_a_tool_loop_is_measured_once(bool streams)
    {
        AIFunction function = AIFunctionFactory.Create(() => 42, "f");

        ChatResponse answer = await AskAsync(
            chat => new ToolLoop(new TelemetryWrapper(chat)),
            streams,
            streams
                ? ScriptedAnswer.Stream(ScriptedStream.Empty.Begin().ToolCall("f", "{}").End("tool_calls"))
                : ScriptedAnswer.ToolCall("f", "{}"),
            new() { Tools = [function] }
        );

        answer.Usage!.InputTokenCount.ShouldBe(40);
        _spans.Count.ShouldBe(2);
        _tokens.Where(tokens => tokens.Type == "input").Sum(tokens => tokens.Count).ShouldBe(40);
        _tokens.ShouldAllBe(tokens => tokens.Meter == TelemetryWrapper.Name);
    }

    public void Dispose()
    {
        _activities.Dispose();
        _measurements.Dispose();
    }

    private async Task<ChatResponse> AskAsync(
        Func<IChatClient, IChatClient> wrap,
        bool streams,
        ScriptedAnswer? first = null,
        ChatOptions? options = null
    )
    {
        var handler = new ScriptedHandler();
        if (first is not null)
            handler.Next(first);
        handler.Next(streams ? ScriptedAnswer.Stream("hel", "lo") : ScriptedAnswer.Chat("hello"));
        using GroqClient groq = handler.CreateClient(options => options.Telemetry.KnownModels.Add(_model));
        using IChatClient chat = wrap(groq.AsIChatClient(_model));
        return streams
            ? await chat.GetStreamingResponseAsync("hi", options).ToChatResponseAsync()
            : await chat.GetResponseAsync("hi", options);
    }

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string? model = null;
        string? type = null;
        foreach (var (name, tag) in tags)
        {
            if (name is "gen_ai.request.model" or "model")
                model = tag as string;
            if (name == "gen_ai.token.type")
                type = tag as string;
        }
        if (model != _model)
            return;
        if (instrument.Name == "groq_requests_total")
            _requests.Add(instrument.Name);
        else
            _tokens.Add((instrument.Meter.Name, type!, value));
    }
}
