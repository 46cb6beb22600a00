using System.Text;
using GroqKit.Batches;
using GroqKit.Catalog;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.Raw;
using GroqKit.Reranking;
using GroqKit.Responses;
using Feature = (string Name, System.Func<System.Threading.Tasks.Task<string>> Use);

namespace GroqKit.AheadOfTime;

/// <summary>Every other endpoint, and what surrounds them all.</summary>
internal static class OtherFeatures
{
    private static readonly ResponseRequest Question = new() { Model = GroqModels.GptOss20B, Input = "Hello." };

    public static IEnumerable<Feature> Of(GroqClient groq) =>
        [
            ("models", async () => (await groq.Models.GetAsync(GroqModels.GptOss20B)).Id),
            (
                "catalogue",
                async () => $"{(await groq.Models.RefreshCatalogAsync()).Catalog.Find(GroqModels.GptOss20B)?.Listed}"
            ),
            ("files", () => KeepFileAsync(groq)),
            ("batches", () => RunBatchAsync(groq)),
            (
                "embeddings",
                () =>
                    TryAsync(async () =>
                        $"{(await groq.Embeddings.CreateAsync(new EmbeddingRequest { Model = "nomic-embed-text-v1_5", Input = "Hello." })).Data.Count}"
                    )
            ),
            ("responses", async () => (await groq.Responses.CreateAsync(Question)).Status.ToString()),
            (
                "responses streamed",
                async () => (await (await groq.Responses.StreamAsync(Question)).CollectAsync()).Status.ToString()
            ),
            (
                "reranking",
                () =>
                    TryAsync(async () =>
                    {
                        await groq.Reranking.CreateAsync(
                            new RerankRequest
                            {
                                Model = "qwen3-reranker-4b",
                                Query = "sea",
                                Docs = ["tide", "hill"],
                            }
                        );
                        return "ranked";
                    })
            ),
            (
                "completions",
                () =>
                    TryAsync(async () =>
                        (
                            await groq.Completions.CreateAsync(
                                new CompletionRequest { Model = GroqModels.GptOss20B, Prompt = "Once" }
                            )
                        ).Object
                    )
            ),
            ("fine-tunings", () => TryAsync(async () => (await groq.FineTunings.ListAsync()).Object)),
            ("raw", async () => (await groq.SendAsync(HttpMethod.Get, "openai/v1/models")).ContentType ?? ""),
            ("retries", () => RetryAsync(groq)),
            ("errors", () => FailAsync(groq)),
            ("resilience", () => Task.FromResult($"{groq.Resilience.GetCircuit(GroqModels.GptOss20B)?.State}")),
            (
                "latency",
                () =>
                    Task.FromResult($"{groq.Resilience.GetLatency(GroqModels.GptOss20B)?.TotalMilliseconds?.Count > 1}")
            ),
        ];

    private static async Task<string> KeepFileAsync(GroqClient groq)
    {
        byte[] line = Encoding.UTF8.GetBytes(
            """{"custom_id":"1","method":"POST","url":"/v1/chat/completions","body":{"model":"openai/gpt-oss-20b","messages":[{"role":"user","content":"Hi."}]}}"""
                + "\n"
        );
        StoredFile file = await groq.Files.UploadAsync(FileUpload.FromBytes(line, "in.jsonl"), FilePurpose.Batch);
        using var copy = new MemoryStream();
        await groq.Files.DownloadAsync(file.Id, copy);
        Deletion deletion = await groq.Files.DeleteAsync(file.Id);
        return $"{copy.ToArray().AsSpan().SequenceEqual(line)} {deletion.Deleted}";
    }

    private static async Task<string> RunBatchAsync(GroqClient groq)
    {
        Batch batch = await groq.Batches.SubmitAsync([
            BatchItem.FromChat("1", ChatRequest.For(GroqModels.GptOss20B).User("Hi.").Build()),
        ]);
        BatchOutcome outcome = await groq.Batches.WaitAsync(
            batch.Id,
            new BatchWaitOptions { FirstDelay = TimeSpan.FromMilliseconds(100) }
        );
        int answers = 0;
        await foreach (BatchResult result in groq.Batches.ReadResultsInOrderAsync(outcome.Batch))
            answers += result.Completion?.Text is null ? 0 : 1;
        return $"{outcome.Ending} {answers}";
    }

    private static async Task<string> RetryAsync(GroqClient groq)
    {
        await groq.SendAsync(HttpMethod.Post, "sim/faults", RawBody.FromJson("""{"fault":"503","count":1}"""));
        ChatCompletion answer = await groq.Chat.CreateAsync(
            ChatRequest.For(GroqModels.GptOss20B).User("Are you there?").Build()
        );
        return $"{answer.Metadata.Attempts} attempts";
    }

    private static async Task<string> FailAsync(GroqClient groq)
    {
        try
        {
            await groq.Chat.CreateAsync(ChatRequest.For("nobody/knows-me").User("Hi.").Build());
            return "none";
        }
        catch (GroqModelException error)
        {
            return $"{error.Status} {error.Code}";
        }
    }

    // What the server does not have is told by a typed error.
    private static async Task<string> TryAsync(Func<Task<string>> use)
    {
        try
        {
            return await use();
        }
        catch (GroqException error) when (error.Status is not null)
        {
            return $"refused with {error.Status}";
        }
    }
}
