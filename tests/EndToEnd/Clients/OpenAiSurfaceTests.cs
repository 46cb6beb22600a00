using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using GroqKit.Audio;
using GroqKit.EndToEnd.Running;
using OpenAI;
using OpenAI.Audio;
using OpenAI.Batch;
using OpenAI.Embeddings;
using OpenAI.Files;
using OpenAI.Responses;
using AudioClient = OpenAI.Audio.AudioClient;

namespace GroqKit.EndToEnd.Clients;

/// <summary>The official OpenAI package, unmodified, over everything besides chat that it shares with the gateway.</summary>
[Requirement("GW-02")]
public sealed class OpenAiSurfaceTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Model = "openai/gpt-oss-120b";
    private const string Voice = "canopylabs/orpheus-v1-english";
    private const string Line =
        """{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"hi"}]}}""";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1")]
    [InlineData("/openai/v1")]
    public async Task What_is_spoken_is_heard(string prefix)
    {
        BinaryData sound = await Connect(prefix)
            .GetAudioClient(Voice)
            .GenerateSpeechAsync(
                "The quick brown fox.",
                new GeneratedSpeechVoice("troy"),
                new SpeechGenerationOptions { ResponseFormat = GeneratedSpeechFormat.Wav },
                Cancelled
            );
        AudioClient ear = Connect(prefix).GetAudioClient("whisper-large-v3");

        AudioTranscription heard = await ear.TranscribeAudioAsync(
            sound.ToStream(),
            "fox.wav",
            new AudioTranscriptionOptions
            {
                ResponseFormat = AudioTranscriptionFormat.Verbose,
                TimestampGranularities = AudioTimestampGranularities.Word | AudioTimestampGranularities.Segment,
            },
            Cancelled
        );
        AudioTranscription subtitles = await ear.TranscribeAudioAsync(
            sound.ToStream(),
            "fox.wav",
            new AudioTranscriptionOptions { ResponseFormat = AudioTranscriptionFormat.Srt },
            Cancelled
        );
        AudioTranslation english = await ear.TranslateAudioAsync(sound.ToStream(), "fox.wav", null, Cancelled);

        Encoding.ASCII.GetString(sound.ToArray(), 0, 4).ShouldBe("RIFF");
        heard.Text.ShouldContain("fox");
        heard.Duration.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        heard.Words.Count.ShouldBe(4);
        subtitles.Text.ShouldStartWith("1\n00:00:00,000 --> ");
        english.Text.ShouldContain("fox");
    }

    [Fact]
    public async Task A_long_recording_passes_although_its_model_stands_behind_it()
    {
        byte[] minutes = new WavAudio(WavFormat.Pcm16(16_000), new byte[16_000 * 2 * 300]).ToArray();

        AudioTranscription heard = await Connect()
            .GetAudioClient("whisper-large-v3-turbo")
            .TranscribeAudioAsync(new MemoryStream(minutes), "long.wav", null, Cancelled);

        heard.ShouldNotBeNull();
    }

    [Fact]
    public async Task Texts_become_vectors()
    {
        EmbeddingClient client = Connect().GetEmbeddingClient("nomic-embed-text-v1_5");

        OpenAIEmbeddingCollection vectors = await client.GenerateEmbeddingsAsync(["a cat", "a dog"], null, Cancelled);

        vectors.Count.ShouldBe(2);
        vectors[0].ToFloats().Length.ShouldBeGreaterThan(100);
        vectors.Usage.TotalTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Files_and_batches_make_their_round()
    {
        OpenAIFileClient files = Connect().GetOpenAIFileClient();
        BatchClient batches = Connect().GetBatchClient();

        OpenAIFile file = await files.UploadFileAsync(
            new MemoryStream(Encoding.UTF8.GetBytes(Line)),
            "lines.jsonl",
            FileUploadPurpose.Batch,
            Cancelled
        );
        CreateBatchOperation batch = await batches.CreateBatchAsync(
            BinaryContent.Create(
                BinaryData.FromString(
                    $$"""{"input_file_id":"{{file.Id}}","endpoint":"/v1/chat/completions","completion_window":"24h"}"""
                )
            ),
            waitUntilCompleted: false
        );
        JsonElement state;
        do
        {
            ClientResult now = await batch.GetBatchAsync(new RequestOptions { CancellationToken = Cancelled });
            state = JsonDocument.Parse(now.GetRawResponse().Content).RootElement.Clone();
        } while (state.GetProperty("status").GetString() is not ("completed" or "failed"));

        (await files.GetFilesAsync(Cancelled)).Value.ShouldContain(one => one.Id == file.Id);
        (await files.GetFileAsync(file.Id, Cancelled)).Value.Filename.ShouldBe("lines.jsonl");
        BinaryData output = await files.DownloadFileAsync(state.GetProperty("output_file_id").GetString(), Cancelled);
        output.ToString().ShouldContain("\"custom_id\":\"1\"");
        (await files.DeleteFileAsync(file.Id, Cancelled)).Value.Deleted.ShouldBeTrue();
        ClientResultException gone = await Should.ThrowAsync<ClientResultException>(() =>
            files.GetFileAsync(file.Id, Cancelled)
        );
        gone.Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_response_comes_whole_and_as_a_stream()
    {
        ResponsesClient client = Connect().GetResponsesClient();
        var options = new CreateResponseOptions
        {
            Model = Model,
            InputItems = { ResponseItem.CreateUserMessageItem("Why is the sky blue?") },
        };
        var text = new StringBuilder();

        ResponseResult whole = await client.CreateResponseAsync(options, Cancelled);
        options.StreamingEnabled = true;
        await foreach (StreamingResponseUpdate update in await client.CreateResponseStreamingAsync(options, Cancelled))
        {
            if (update is StreamingResponseOutputTextDeltaUpdate delta)
                text.Append(delta.Delta);
        }

        whole.GetOutputText().ShouldContain("sky");
        text.ToString().ShouldBe(whole.GetOutputText());
        whole.Usage.TotalTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_wrong_recording_is_refused_with_its_field()
    {
        ClientResultException failure = await Should.ThrowAsync<ClientResultException>(() =>
            Connect()
                .GetAudioClient("whisper-large-v3")
                .TranscribeAudioAsync(
                    new MemoryStream(Encoding.UTF8.GetBytes("This is no recording.")),
                    "a.wav",
                    null,
                    Cancelled
                )
        );

        failure.Status.ShouldBe(400);
        failure.Message.ShouldContain("file");
    }

    private OpenAIClient Connect(string prefix = "/v1") =>
        new(
            new ApiKeyCredential(GatewayFixture.Key),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(gateway.Address, prefix),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            }
        );
}
