using System.Text;
using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Batches;
using GroqKit.Catalog;
using GroqKit.Chat;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.FineTunings;
using GroqKit.Models;
using GroqKit.Reranking;
using GroqKit.Responses;

namespace GroqKit.Simulator.Tests.Clients;

/// <summary>The client library, unchanged, against every endpoint.</summary>
[Requirement("SM-01")]
public sealed class GroqClientTests(Sim sim) : IClassFixture<Sim>, IDisposable
{
    private const string Sentence = "Good morning, Oslo! It is 21 degrees.";

    private readonly GroqClient _client = new(
        new GroqClientOptions { ApiKey = "gsk_roundtrip", BaseUrl = sim.Server.BaseAddress.ToString() }
    );

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task Chat_answers_whole_and_streamed_alike()
    {
        var request = new ChatRequest { Model = GroqModels.GptOss20B, Messages = ["Why is the sky blue?"] };

        ChatCompletion whole = await _client.Chat.CreateAsync(request, cancellationToken: Stop);
        await using ChatStream stream = await _client.Chat.StreamAsync(request, cancellationToken: Stop);
        ChatCompletion streamed = await stream.CollectAsync(Stop);

        streamed.Text.ShouldBe(whole.Text);
        stream.Usage!.TotalTokens.ShouldBe(whole.Usage!.TotalTokens);
    }

    [Fact]
    public async Task Spoken_words_are_heard_again_with_their_times()
    {
        SpeechAudio spoken = await _client.Audio.Speech.CreateAsync(
            new SpeechRequest { Input = Sentence, Voice = SpeechVoice.Hannah },
            cancellationToken: Stop
        );
        Transcription heard = await _client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest
            {
                Audio = AudioInput.FromBytes(spoken.Data, "said.wav"),
                ResponseFormat = TranscriptionFormat.VerboseJson,
                TimestampGranularities = [TimestampGranularity.Word, TimestampGranularity.Segment],
            },
            cancellationToken: Stop
        );

        heard.Text.ShouldBe(Sentence);
        heard.Words!.Select(word => word.Word).ShouldBe(Sentence.Split(' '));
        heard.Segments!.Count.ShouldBe(2);
        heard.Duration!.Value.ShouldBe(spoken.Duration!.Value.TotalSeconds, 0.01);
    }

    [Fact]
    public async Task A_long_text_is_spoken_in_pieces_and_heard_as_one()
    {
        string text = string.Join(' ', Enumerable.Range(1, 20).Select(i => $"This is sentence number {i}."));

        SpeechAudio spoken = await _client.Audio.Speech.CreateAsync(
            new SpeechRequest { Input = text, Voice = SpeechVoice.Troy },
            cancellationToken: Stop
        );
        Transcription heard = await _client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest { Audio = AudioInput.FromBytes(spoken.Data, "long.wav") },
            cancellationToken: Stop
        );

        spoken.Pieces.Count.ShouldBeGreaterThan(2);
        heard.Text.ShouldBe(text);
    }

    [Fact]
    public async Task A_translation_is_answered_and_an_address_is_accepted()
    {
        Transcription heard = await _client.Audio.Translations.CreateAsync(
            new TranslationRequest { Audio = AudioInput.FromUrl("https://example.com/interview.mp3") },
            cancellationToken: Stop
        );

        heard.Text.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Models_are_listed_and_found()
    {
        ModelList all = await _client.Models.ListAsync(cancellationToken: Stop);
        ModelInfo one = await _client.Models.GetAsync(GroqModels.GptOss120B, cancellationToken: Stop);

        all.Data.Select(model => model.Id).ShouldContain(one.Id);
        one.ContextWindow.ShouldBe(131_072);
    }

    [Fact]
    public async Task Embeddings_are_the_same_as_numbers_and_packed()
    {
        var request = new EmbeddingRequest { Model = "nomic-embed-text-v1_5", Input = new[] { "one", "two" } };

        EmbeddingList plain = await _client.Embeddings.CreateAsync(request, cancellationToken: Stop);
        EmbeddingList packed = await _client.Embeddings.CreateAsync(
            request with
            {
                EncodingFormat = EmbeddingEncoding.Base64,
            },
            cancellationToken: Stop
        );

        plain.Data.Count.ShouldBe(2);
        packed.Data[1].Vector.ToArray().ShouldBe(plain.Data[1].Vector.ToArray());
    }

    [Fact]
    public async Task A_ranking_puts_the_fitting_document_first()
    {
        Ranking ranking = await _client.Reranking.CreateAsync(
            new RerankRequest
            {
                Model = "qwen3-reranker-4b",
                Query = "capital of Norway",
                Docs = ["Bread recipes", "Oslo is the capital of Norway"],
            },
            cancellationToken: Stop
        );

        ranking.Results[0].Doc.ShouldBe("Oslo is the capital of Norway");
    }

    [Fact]
    public async Task Responses_answer_whole_and_streamed_alike()
    {
        var request = new ResponseRequest { Model = GroqModels.GptOss20B, Input = "Why is the sky blue?" };

        Response whole = await _client.Responses.CreateAsync(request, cancellationToken: Stop);
        await using ResponseStream stream = await _client.Responses.StreamAsync(request, cancellationToken: Stop);
        Response streamed = await stream.CollectAsync(Stop);

        whole.Status.ShouldBe(ResponseStatus.Completed);
        streamed.OutputText.ShouldBe(whole.OutputText);
        streamed.Usage!.TotalTokens.ShouldBe(whole.Usage!.TotalTokens);
        stream.Ending.ShouldBe(StreamEnding.Completed);
    }

    [Fact]
    public async Task A_file_is_stored_listed_downloaded_and_deleted()
    {
        byte[] content = Encoding.UTF8.GetBytes("{\"a\":1}\n");

        StoredFile stored = await _client.Files.UploadAsync(
            FileUpload.FromBytes(content, "lines.jsonl"),
            cancellationToken: Stop
        );
        FileList all = await _client.Files.ListAsync(cancellationToken: Stop);
        StoredFile found = await _client.Files.GetAsync(stored.Id, cancellationToken: Stop);
        var copy = new MemoryStream();
        await _client.Files.DownloadAsync(stored.Id, copy, cancellationToken: Stop);
        Deletion deleted = await _client.Files.DeleteAsync(stored.Id, cancellationToken: Stop);

        all.Data.ShouldContain(file => file.Id == stored.Id);
        found.Bytes.ShouldBe(content.Length);
        copy.ToArray().ShouldBe(content);
        deleted.Deleted.ShouldBeTrue();
        await Should.ThrowAsync<GroqException>(() => _client.Files.GetAsync(stored.Id, cancellationToken: Stop));
    }

    [Fact]
    public async Task A_batch_runs_in_the_background_and_keeps_failures_apart()
    {
        using JsonDocument bad = JsonDocument.Parse("""{"model":"openai/gpt-oss-20b","messages":[],"n":2}""");

        Batch batch = await _client.Batches.SubmitAsync(
            [
                BatchItem.FromChat("one", new ChatRequest { Model = GroqModels.GptOss20B, Messages = ["First?"] }),
                BatchItem.FromBody("bad", BatchEndpoint.ChatCompletions, bad.RootElement),
                BatchItem.FromChat("two", new ChatRequest { Model = GroqModels.GptOss20B, Messages = ["Second?"] }),
            ],
            cancellationToken: Stop
        );
        BatchOutcome outcome = await _client.Batches.WaitAsync(
            batch.Id,
            new BatchWaitOptions
            {
                FirstDelay = TimeSpan.FromMilliseconds(20),
                MaxDelay = TimeSpan.FromMilliseconds(50),
            },
            cancellationToken: Stop
        );
        List<BatchResult> results = [];
        await foreach (
            BatchResult result in _client.Batches.ReadResultsInOrderAsync(
                outcome.Batch,
                ["one", "bad", "two"],
                cancellationToken: Stop
            )
        )
            results.Add(result);

        outcome.Ending.ShouldBe(BatchEnding.Completed);
        results.Select(result => result.IsSuccess).ShouldBe([true, false, true]);
        results[0].Completion!.Text.ShouldNotBeNullOrEmpty();
        results[1].StatusCode.ShouldBe(400);
    }

    [Fact]
    public async Task A_fine_tuning_becomes_a_model_that_can_be_deleted()
    {
        StoredFile adapter = await _client.Files.UploadAsync(
            FileUpload.FromBytes(new byte[] { 0x50, 0x4B, 3, 4 }, "adapter.zip"),
            FilePurpose.FineTuning,
            cancellationToken: Stop
        );

        FineTuning made = await _client.FineTunings.CreateAsync(
            new FineTuningRequest
            {
                InputFileId = adapter.Id,
                Name = "tone",
                BaseModel = "llama-3.1-8b-instant",
            },
            cancellationToken: Stop
        );
        FineTuningList all = await _client.FineTunings.ListAsync(cancellationToken: Stop);
        Deletion deleted = await _client.FineTunings.DeleteAsync(made.Id, cancellationToken: Stop);

        all.Data.ShouldContain(one => one.Model == made.Data!.Model);
        deleted.Deleted.ShouldBeTrue();
    }
}
