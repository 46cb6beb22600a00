using System.Net;
using System.Text;
using GroqKit.Audio;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Responses;
using GroqKit.Telemetry;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Telemetry;

/// <summary>Everything that is told of one call of each kind: names, types and values.</summary>
[Collection(nameof(AloneCollection))]
[Requirement("CL-24", "CL-25")]
public sealed class TelemetryGoldenTests : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    private readonly ManualTimeProvider _clock = new();
    private readonly ScriptedHandler _handler = new();
    private readonly TelemetryRecorder _heard = new();

    private static ChatRequest Full { get; } =
        Requests.Hello with
        {
            MaxCompletionTokens = 100,
            Temperature = 0.5,
            TopP = 0.9,
            FrequencyPenalty = 0.1,
            PresencePenalty = 0.2,
            Seed = 7,
            Stop = ["end", "stop"],
            ResponseFormat = ResponseFormat.JsonObject,
            ServiceTier = ServiceTier.Flex,
        };

    public void Dispose() => _heard.Dispose();

    [Fact]
    public async Task A_call_that_succeeds()
    {
        Slowly(200, Answers.Text("Hi"), ("x-request-id", "req_1"));
        using GroqClient client = Client();

        await client.Chat.CreateAsync(Full);

        GoldenText.ShouldBe("success", TelemetryText.Of(_heard));
    }

    [Theory]
    [InlineData(TelemetryConvention.Next, "success-next")]
    [InlineData(TelemetryConvention.Both, "success-both")]
    public async Task A_call_in_names_to_come(TelemetryConvention convention, string golden)
    {
        Slowly(200, Answers.Text("Hi"));
        using GroqClient client = Client(options => options.Telemetry.Convention = convention);

        await client.Chat.CreateAsync(Requests.Hello with { ReasoningEffort = ReasoningEffort.Low });

        GoldenText.ShouldBe(golden, TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_call_that_fails()
    {
        Slowly(
            429,
            """{"error":{"message":"Limit of gsk_marker0123456789 reached.","type":"tokens","code":"rate_limit_exceeded"}}""",
            ("x-request-id", "req_1")
        );
        using GroqClient client = Client();

        await Should.ThrowAsync<GroqRateLimitException>(() => client.Chat.CreateAsync(Requests.Hello));

        GoldenText.ShouldBe("failure", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_call_that_is_repeated()
    {
        Slowly(503, "");
        Slowly(200, Answers.Text("Hi"));
        using GroqClient client = Client(options => options.Retry = new() { BaseDelay = TimeSpan.Zero });

        await client.Chat.CreateAsync(Requests.Hello);

        GoldenText.ShouldBe("retry", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_stream()
    {
        Stream(null, Whole);
        using GroqClient client = Client();

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await stream.CollectAsync();

        GoldenText.ShouldBe("stream", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_stream_that_is_cut_after_three_chunks()
    {
        Stream(new IOException("cut"), Whole[..4]);
        using GroqClient client = Client();

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello);
        await Should.ThrowAsync<GroqStreamException>(() => stream.CollectAsync());

        GoldenText.ShouldBe("cut", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_stream_that_its_reader_leaves()
    {
        Stream(null, Whole);
        using GroqClient client = Client();

        await using (ChatStream stream = await client.Chat.StreamAsync(Requests.Hello))
        {
            await foreach (ChatChunk chunk in stream)
            {
                if (chunk.Text is { Length: > 0 })
                    break;
            }
        }

        GoldenText.ShouldBe("abandoned", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_stream_that_its_caller_cancels()
    {
        using var source = new CancellationTokenSource();
        Stream(null, Whole);
        using GroqClient client = Client();

        await using ChatStream stream = await client.Chat.StreamAsync(Requests.Hello, null, source.Token);
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            await foreach (ChatChunk chunk in stream)
            {
                if (chunk.Text is { Length: > 0 })
                    await source.CancelAsync();
            }
        });

        GoldenText.ShouldBe("cancelled", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task Embeddings()
    {
        Slowly(
            200,
            """{"object":"list","model":"nomic-embed-text-v1_5","data":[{"object":"embedding","index":0,"embedding":[0.5,1,2]}],"usage":{"prompt_tokens":4,"total_tokens":4}}"""
        );
        using GroqClient client = Client();

        await client.Embeddings.CreateAsync(new EmbeddingRequest { Model = "nomic-embed-text-v1_5", Input = "hello" });

        GoldenText.ShouldBe("embeddings", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_streamed_completion()
    {
        const string head =
            """{"id":"c1","object":"text_completion","created":1,"model":"llama-3.1-8b-instant","choices":""";
        Stream(
            null,
            [
                Streams.Event(head + """[{"index":0,"text":"Hi"}]}"""),
                Streams.Event(head + """[{"index":0,"text":" you","finish_reason":"stop"}]}"""),
                Streams.Event(head + """[],"usage":{"prompt_tokens":3,"completion_tokens":8,"total_tokens":11}}""")
                    + Streams.Done,
            ]
        );
        using GroqClient client = Client(options => options.BaseUrl = "https://compatible.example:8443");

        await using CompletionStream stream = await client.Completions.StreamAsync(
            new CompletionRequest
            {
                Model = "llama-3.1-8b-instant",
                Prompt = "Say",
                MaxTokens = 9,
                Temperature = 0.5,
                Stop = ["end"],
            }
        );
        await stream.CollectAsync();

        GoldenText.ShouldBe("completion", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_response()
    {
        Slowly(
            200,
            """
            {"id":"resp_1","object":"response","created_at":1,"status":"completed","model":"openai/gpt-oss-20b","output":[],"service_tier":"default",
            "usage":{"input_tokens":3,"input_tokens_details":{"cached_tokens":1},"output_tokens":8,"output_tokens_details":{"reasoning_tokens":2},"total_tokens":11} }
            """
        );
        using GroqClient client = Client();

        await client.Responses.CreateAsync(
            new ResponseRequest
            {
                Model = "openai/gpt-oss-20b",
                Input = "Say",
                MaxOutputTokens = 9,
                TopP = 0.5,
            }
        );

        GoldenText.ShouldBe("response", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task A_transcription()
    {
        Slowly(200, """{"text":"hi","duration":12.5,"x_groq":{"id":"req_1"}}""");
        using GroqClient client = Client();

        await client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest
            {
                Audio = AudioInput.FromUrl("https://example.com/marker.wav"),
                Language = "en",
                Temperature = 0.25,
            }
        );

        GoldenText.ShouldBe("transcription", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task Speech()
    {
        Slowly(200, "sound", "audio/wav");
        using GroqClient client = Client();

        await client.Audio.Speech.CreateAsync(new SpeechRequest { Input = "Hello", Voice = "troy" });

        GoldenText.ShouldBe("speech", TelemetryText.Of(_heard));
    }

    [Fact]
    public async Task Models()
    {
        Slowly(200, """{"object":"list","data":[]}""");
        using GroqClient client = Client();

        await client.Models.ListAsync();

        GoldenText.ShouldBe("models", TelemetryText.Of(_heard));
    }

    private static string[] Whole { get; } =
    [
        Streams.Event(Streams.Chunk("""{"role":"assistant","content":""}""", extra: ""","x_groq":{"id":"req_1"}""")),
        Streams.Event(Streams.Chunk("""{"reasoning":"Short.","channel":"analysis"}""")),
        Streams.Event(Streams.Chunk("""{"content":"Hi"}""")),
        Streams.Event(Streams.Chunk("""{"content":" there"}""")),
        Streams.Event(
            Streams.Chunk(
                "{}",
                "\"stop\"",
                $$""","x_groq":{"usage":{{Streams.Usage(79)}}},"usage":{{Streams.Usage(79)}}"""
            )
        ) + Streams.Done,
    ];

    private GroqClient Client(Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            _handler,
            options =>
            {
                options.TimeProvider = _clock;
                configure?.Invoke(options);
            }
        );

    private void Slowly(int status, string body, params (string Name, string Value)[] headers) =>
        Slowly(status, body, "application/json", headers);

    private void Slowly(int status, string body, string type, params (string Name, string Value)[] headers) =>
        _handler.Next(
            (_, _) =>
            {
                _clock.Advance(Pace);
                var response = new HttpResponseMessage((HttpStatusCode)status)
                {
                    Content = new StringContent(body, Encoding.UTF8, type),
                };
                foreach (var (name, value) in headers)
                    response.Headers.Add(name, value);
                return Task.FromResult(response);
            }
        );

    private void Stream(Exception? error, string[] events) =>
        _handler.NextStream(new TimedStream(_clock, Pace, events, error));
}
