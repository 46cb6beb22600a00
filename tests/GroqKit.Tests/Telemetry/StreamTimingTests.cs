using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Responses;
using GroqKit.Telemetry;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

/// <summary>Latency on answers and streams, and by model, on a clock that moves only between events.</summary>
[Requirement("CL-26")]
public sealed class StreamTimingTests
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();

    [Fact]
    [Requirement("CL-24", "CL-26")]
    public async Task The_first_token_is_the_first_output_and_not_a_role_a_comment_or_a_figure()
    {
        Stream(
            Streams.Event(Streams.Chunk("""{"role":"assistant","content":""}""")),
            ": ping\n\n",
            Streams.Event(
                $$"""{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[],"usage":{{Streams.Usage(71)}}}"""
            ),
            Streams.Event(Streams.Chunk("""{"reasoning":"Hm."}""")),
            Streams.Event(Streams.Chunk("""{"content":"Hi"}""")),
            Streams.Event(Streams.Chunk("{}", "\"stop\"", $$""","usage":{{Streams.Usage(79)}}""")) + Streams.Done
        );
        using GroqClient client = Client();

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        ChatCompletion answer = await stream.CollectAsync();

        stream.FirstToken.ShouldBe(TimeSpan.FromSeconds(4));
        stream.Total.ShouldBe(TimeSpan.FromSeconds(6));
        stream.TokensPerSecond.ShouldBe(9 / 2.0);
        answer.Metadata.FirstToken.ShouldBe(stream.FirstToken);
        answer.Metadata.Elapsed.ShouldBe(TimeSpan.FromSeconds(6));
        answer.Metadata.TokensPerSecond.ShouldBe(9 / 2.0);
    }

    [Fact]
    public async Task A_whole_answer_has_the_rate_that_the_server_measured()
    {
        _handler.Next(200, Answers.Text("Hi"));
        using GroqClient client = Client();

        ChatCompletion answer = await client.Chat.CreateAsync(Requests.Hello);

        answer.Metadata.FirstToken.ShouldBeNull();
        answer.Metadata.TokensPerSecond.ShouldBe(20);
    }

    [Fact]
    public async Task A_streamed_completion_has_the_same_figures()
    {
        const string head = """{"id":"c","object":"text_completion","created":1,"model":"m","choices":""";
        Stream(
            Streams.Event(head + """[{"index":0,"text":""}]}"""),
            Streams.Event(head + """[{"index":0,"text":"Hi"}]}"""),
            Streams.Event(head + """[{"index":0,"text":" you","finish_reason":"stop"}]}"""),
            Streams.Event(head + """[],"usage":{"prompt_tokens":3,"completion_tokens":8,"total_tokens":11}}""")
                + Streams.Done
        );
        using GroqClient client = Client(options => options.BaseUrl = "https://compatible.example");

        await using CompletionStream stream = await client.Completions.StreamAsync(
            new CompletionRequest { Model = "m", Prompt = "Say" }
        );
        Completion answer = await stream.CollectAsync();

        stream.FirstToken.ShouldBe(TimeSpan.FromSeconds(2));
        stream.Total.ShouldBe(TimeSpan.FromSeconds(4));
        stream.Usage!.CompletionTokens.ShouldBe(8);
        stream.TokensPerSecond.ShouldBe(4);
        answer.Metadata.TokensPerSecond.ShouldBe(4);
    }

    [Fact]
    public async Task A_streamed_response_has_the_same_figures()
    {
        Stream(
            Event(
                "response.created",
                """{"type":"response.created","response":{"id":"resp_1","status":"in_progress","model":"m","output":[]}}"""
            ),
            Event(
                "response.output_text.delta",
                """{"type":"response.output_text.delta","output_index":0,"content_index":0,"delta":"Hi"}"""
            ),
            Event(
                "response.completed",
                """{"type":"response.completed","response":{"id":"resp_1","status":"completed","model":"m","output":[],"usage":{"input_tokens":3,"output_tokens":8,"total_tokens":11}}}"""
            )
        );
        using GroqClient client = Client();

        await using ResponseStream stream = await client.Responses.StreamAsync(
            new ResponseRequest { Model = "m", Input = "Say" }
        );
        Response answer = await stream.CollectAsync();

        stream.FirstToken.ShouldBe(TimeSpan.FromSeconds(2));
        stream.Total.ShouldBe(TimeSpan.FromSeconds(3));
        stream.TokensPerSecond.ShouldBe(8);
        answer.Metadata.TokensPerSecond.ShouldBe(8);

        static string Event(string name, string data) => $"event: {name}\ndata: {data}\n\n";
    }

    [Fact]
    public async Task Latencies_are_kept_by_model_for_the_last_calls()
    {
        using GroqClient client = Client(options => options.Telemetry.LatencySamples = 100);
        for (int i = 1; i <= 150; i++)
        {
            var wait = TimeSpan.FromMilliseconds(i);
            _handler.Next(
                (_, _) =>
                {
                    _clock.Advance(wait);
                    return Task.FromResult(new HttpResponseMessage { Content = new StringContent(Answers.Text("Hi")) });
                }
            );
            await client.Chat.CreateAsync(Requests.Hello);
        }
        Stream(
            Streams.Event(Streams.Chunk("""{"content":"Hi"}""")),
            Streams.Event(Streams.Chunk("{}", "\"stop\"")) + Streams.Done
        );
        await using (ChatStream stream = await client.Chat.StreamAsync(Requests.Hello with { Model = "other" }))
            await stream.CollectAsync();
        _handler.Next(500, "");
        await Should.ThrowAsync<GroqServerException>(() => client.Chat.CreateAsync(Requests.Hello));

        LatencySummary latency = client.Resilience.GetLatency(Requests.Hello.Model)!;
        latency.TotalMilliseconds.ShouldBe(new SampleStatistics(100, 100.5, 100, 145, 149));
        latency.FirstTokenMilliseconds.ShouldBeNull();
        latency.TokensPerSecond.ShouldBe(new SampleStatistics(100, 20, 20, 20, 20));
        client.Resilience.GetLatency("other")!.FirstTokenMilliseconds!.P99.ShouldBe(1000);
        client.Resilience.GetLatency("unused").ShouldBeNull();
    }

    private GroqClient Client(Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                configure?.Invoke(options);
            }
        );

    private void Stream(params string[] events) => _handler.NextStream(new TimedStream(_clock, Pace, events));
}
