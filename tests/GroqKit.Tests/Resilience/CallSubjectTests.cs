using System.Diagnostics.Metrics;
using GroqKit.Audio;
using GroqKit.Batches;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.FineTunings;
using GroqKit.Reranking;
using GroqKit.Resilience;
using GroqKit.Responses;
using GroqKit.Tests.Audio;
using GroqKit.Tests.Chat;

namespace GroqKit.Tests.Resilience;

/// <summary>Every call that a model works on passes its circuit and its limits, whatever its resource.</summary>
public sealed class CallSubjectTests
{
    private const string Model = "some/model";

    private static readonly Dictionary<string, Func<GroqClient, Task>> ModelCalls = new()
    {
        ["chat"] = client => client.Chat.CreateAsync(Requests.Hello with { Model = Model }),
        ["chat, streamed"] = client => client.Chat.StreamAsync(Requests.Hello with { Model = Model }),
        ["responses"] = client => client.Responses.CreateAsync(new() { Model = Model, Input = "hi" }),
        ["responses, streamed"] = client => client.Responses.StreamAsync(new() { Model = Model, Input = "hi" }),
        ["text_completion"] = client => client.Completions.CreateAsync(new() { Model = Model, Prompt = "hi" }),
        ["text_completion, streamed"] = client =>
            client.Completions.StreamAsync(new() { Model = Model, Prompt = "hi" }),
        ["embeddings"] = client => client.Embeddings.CreateAsync(new() { Model = Model, Input = "hi" }),
        ["reranking"] = client =>
            client.Reranking.CreateAsync(
                new()
                {
                    Model = Model,
                    Query = "q",
                    Docs = ["d"],
                }
            ),
        ["speech_to_text"] = client =>
            client.Audio.Transcriptions.CreateAsync(
                new TranscriptionRequest
                {
                    Model = WhisperModel,
                    Audio = AudioInput.FromUrl("https://example.org/a.mp3"),
                }
            ),
        ["speech_to_text, translated"] = client =>
            client.Audio.Translations.CreateAsync(
                new TranslationRequest { Model = WhisperModel, Audio = AudioInput.FromUrl("https://example.org/a.mp3") }
            ),
        ["text_to_speech"] = client => client.Audio.Speech.CreateAsync(Speech),
        ["text_to_speech, streamed"] = client => client.Audio.Speech.StreamAsync(Speech),
    };

    private static readonly Dictionary<string, Func<GroqClient, Task>> OtherCalls = new()
    {
        ["models"] = client => client.Models.ListAsync(),
        ["files"] = client => client.Files.ListAsync(),
        ["files, uploaded"] = client =>
            client.Files.UploadAsync(FileUpload.FromBytes(new byte[] { 1 }, "a.jsonl"), FilePurpose.Batch),
        ["files, downloaded"] = client => client.Files.OpenContentAsync("file_1"),
        ["batches"] = client => client.Batches.GetAsync("batch_1"),
        ["fine_tunings"] = client => client.FineTunings.ListAsync(),
        ["files, raw"] = client => client.SendAsync(HttpMethod.Get, "openai/v1/files"),
    };

    private readonly ScriptedHandler _handler = new();

    private static string WhisperModel => "whisper-large-v3";

    private static SpeechRequest Speech => new() { Input = "Hello.", Voice = SpeechVoice.Troy };

    public static TheoryData<string> ModelCallNames => [.. ModelCalls.Keys];

    public static TheoryData<string> OtherCallNames => [.. OtherCalls.Keys];

    [Theory]
    [MemberData(nameof(ModelCallNames))]
    [Requirement("CL-20")]
    public async Task Five_failures_open_the_circuit_of_the_model_that_was_called(string name)
    {
        using GroqClient client = Client();
        for (int i = 0; i < 5; i++)
        {
            _handler.Next(503, "");
            await Should.ThrowAsync<GroqServerException>(() => ModelCalls[name](client));
        }

        await Should.ThrowAsync<GroqCircuitOpenException>(() => ModelCalls[name](client));

        _handler.Calls.ShouldBe(5);
        client
            .Resilience.GetCircuit(client.Resilience.Models.ShouldHaveSingleItem())!
            .State.ShouldBe(CircuitState.Open);
    }

    [Theory]
    [MemberData(nameof(ModelCallNames))]
    [Requirement("CL-21")]
    public async Task Own_caps_hold_for_every_call_to_a_model(string name)
    {
        using GroqClient client = Client(options => options.RateLimits.RequestsPerMinute = 1);
        _handler.Next(400, "").Next(400, "");
        await Should.ThrowAsync<GroqValidationException>(() => ModelCalls[name](client));

        string model = client.Resilience.Models.ShouldHaveSingleItem();
        RateLimitStatus status = client.Resilience.GetRateLimits(model)!;

        status.Limits.ShouldHaveSingleItem().Limit.ShouldBe(1);
        status.WaitingCalls.ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(OtherCallNames))]
    public async Task Calls_without_a_model_have_no_circuit_and_no_limits(string name)
    {
        using GroqClient client = Client(options => options.RateLimits.RequestsPerMinute = 1);
        for (int i = 0; i < 10; i++)
        {
            _handler.Next(503, "");
            await Should.ThrowAsync<GroqServerException>(() => OtherCalls[name](client));
        }

        client.Resilience.Models.ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(ModelCallNames))]
    [MemberData(nameof(OtherCallNames))]
    [Requirement("CL-25")]
    public async Task Every_call_is_counted_under_the_name_of_its_operation(string name)
    {
        using GroqClient client = Client();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "groq_requests_total")
                self.EnableMeasurementEvents(instrument);
        };
        var seen = new List<(string? Operation, string? Status)>();
        listener.SetMeasurementEventCallback<long>(
            (_, _, tags, _) =>
            {
                // Other tests' clients are heard, too.
                lock (seen)
                    seen.Add((Tag(tags, "operation"), Tag(tags, "status")));
            }
        );
        listener.Start();
        _handler.Next(400, "");

        await Should.ThrowAsync<GroqException>(() => (ModelCalls.GetValueOrDefault(name) ?? OtherCalls[name])(client));

        string expected = name.Split(',')[0] is "responses" ? "chat" : name.Split(',')[0];
        lock (seen)
            seen.ShouldContain((expected, "error"));
    }

    private static string? Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
                return value as string;
        }
        return null;
    }

    [Fact]
    [Requirement("CL-20")]
    public async Task Sound_that_breaks_counts_when_it_ends_and_sound_that_is_left_does_not_count()
    {
        using GroqClient client = Client();
        for (int i = 0; i < 4; i++)
        {
            var body = new GatedStream();
            body.Give(SpeechServer.SpeakStreamed("ab"));
            _handler.NextStream(body);
            await using SpeechStream broken = await client.Audio.Speech.StreamAsync(Speech);
            IAsyncEnumerator<ReadOnlyMemory<byte>> sound = broken.GetAsyncEnumerator();
            (await sound.MoveNextAsync()).ShouldBeTrue();
            body.End(new IOException("reset"));
            await Should.ThrowAsync<GroqStreamException>(async () => await sound.MoveNextAsync());
        }
        _handler.NextStream(new ScriptedStream(new byte[60], hangs: true));
        await using (await client.Audio.Speech.StreamAsync(Speech)) { }

        client.Resilience.GetCircuit(SpeechRequest.DefaultModel)!.ConsecutiveFailures.ShouldBe(4);
    }

    private GroqClient Client(Action<GroqClientOptions>? configure = null) =>
        Clients.For(
            _handler,
            options =>
            {
                // Groq itself has no completions without chat.
                options.BaseUrl = "https://example.org";
                configure?.Invoke(options);
            }
        );
}
