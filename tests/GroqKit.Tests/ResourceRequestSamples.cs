using System.Text.Json;
using GroqKit.Batches;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.FineTunings;
using GroqKit.Reranking;
using GroqKit.Responses;

namespace GroqKit.Tests;

/// <summary>Every request that the resources beside chat and audio can send.</summary>
public static partial class ResourceRequestSamples
{
    public static IEnumerable<ResourceRequestSample> All() =>
        Models()
            .Concat(Vectors())
            .Concat(Stored())
            .Concat(Batched())
            .Concat(Tuned())
            .Concat(Responded())
            .Concat(Older());

    public static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static IEnumerable<ResourceRequestSample> Models()
    {
        yield return new("list models", "GET", "/openai/v1/models", null, client => client.Models.ListAsync());
        yield return new(
            "get a model",
            "GET",
            "/openai/v1/models/openai%2Fgpt-oss-20b",
            null,
            client => client.Models.GetAsync("openai/gpt-oss-20b")
        );
        yield return new(
            "delete a model",
            "DELETE",
            "/openai/v1/models/ft%3Allama-3.1-8b-instant%3Aorg%2Fname-1",
            null,
            client => client.Models.DeleteAsync("ft:llama-3.1-8b-instant:org/name-1")
        );
    }

    private static IEnumerable<ResourceRequestSample> Vectors()
    {
        yield return new(
            "embed one text",
            "POST",
            "/openai/v1/embeddings",
            """{"model":"nomic-embed-text-v1_5","input":"a"}""",
            client => client.Embeddings.CreateAsync(new() { Model = "nomic-embed-text-v1_5", Input = "a" })
        );
        yield return new(
            "embed several texts with every parameter",
            "POST",
            "/openai/v1/embeddings",
            """{"model":"nomic-embed-text-v1_5","input":["a","b"],"encoding_format":"base64","user":"u"}""",
            client =>
                client.Embeddings.CreateAsync(
                    new()
                    {
                        Model = "nomic-embed-text-v1_5",
                        Input = new[] { "a", "b" },
                        EncodingFormat = EmbeddingEncoding.Base64,
                        User = "u",
                    }
                )
        );
        yield return new(
            "rerank",
            "POST",
            "/openai/v1/reranking",
            """{"model":"qwen3-reranker-4b","query":"q","docs":["a","b"],"instruction":"i"}""",
            client =>
                client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "qwen3-reranker-4b",
                        Query = "q",
                        Docs = ["a", "b"],
                        Instruction = "i",
                    }
                )
        );
    }

    private static IEnumerable<ResourceRequestSample> Stored()
    {
        yield return new(
            "upload a file",
            "POST",
            "/openai/v1/files",
            """{"purpose":"batch","file":"{}\n"}""",
            client => client.Files.UploadAsync(FileUpload.FromBytes("{}\n"u8.ToArray(), "a.jsonl"))
        );
        yield return new(
            "upload an adapter",
            "POST",
            "/openai/v1/files",
            """{"purpose":"fine_tuning","file":"PK"}""",
            client => client.Files.UploadAsync(FileUpload.FromBytes("PK"u8.ToArray(), "a.zip"), FilePurpose.FineTuning),
            IsDocumented: false
        );
        yield return new("list files", "GET", "/openai/v1/files", null, client => client.Files.ListAsync());
        yield return new(
            "get a file",
            "GET",
            "/openai/v1/files/file_1",
            null,
            client => client.Files.GetAsync("file_1")
        );
        yield return new(
            "delete a file",
            "DELETE",
            "/openai/v1/files/file_1",
            null,
            client => client.Files.DeleteAsync("file_1")
        );
        yield return new(
            "read a file",
            "GET",
            "/openai/v1/files/file_1/content",
            null,
            async client => await (await client.Files.OpenContentAsync("file_1")).DisposeAsync()
        );
    }

    private static IEnumerable<ResourceRequestSample> Batched()
    {
        yield return new(
            "create a batch",
            "POST",
            "/openai/v1/batches",
            """{"input_file_id":"file_1","endpoint":"/v1/chat/completions","completion_window":"24h"}""",
            client => client.Batches.CreateAsync(new() { InputFileId = "file_1" })
        );
        yield return new(
            "create a batch with every parameter",
            "POST",
            "/openai/v1/batches",
            """{"input_file_id":"file_1","endpoint":"/v1/chat/completions","completion_window":"7d","metadata":{"a":"b"}}""",
            client =>
                client.Batches.CreateAsync(
                    new()
                    {
                        InputFileId = "file_1",
                        Endpoint = BatchEndpoint.ChatCompletions,
                        CompletionWindow = "7d",
                        Metadata = new Dictionary<string, string> { ["a"] = "b" },
                    }
                )
        );
        yield return new("list batches", "GET", "/openai/v1/batches", null, client => client.Batches.ListPageAsync());
        yield return new(
            "list more batches",
            "GET",
            "/openai/v1/batches?cursor=a%2Fb%3D",
            null,
            client => client.Batches.ListPageAsync("a/b=")
        );
        yield return new(
            "get several batches",
            "GET",
            "/openai/v1/batches?id=batch_1&id=batch_2",
            null,
            client => client.Batches.GetManyAsync(["batch_1", "batch_2"])
        );
        yield return new(
            "get a batch",
            "GET",
            "/openai/v1/batches/batch_1",
            null,
            client => client.Batches.GetAsync("batch_1")
        );
        yield return new(
            "cancel a batch",
            "POST",
            "/openai/v1/batches/batch_1/cancel",
            null,
            client => client.Batches.CancelAsync("batch_1")
        );
    }

    private static IEnumerable<ResourceRequestSample> Tuned()
    {
        yield return new(
            "list fine-tunings",
            "GET",
            "/v1/fine_tunings",
            null,
            client => client.FineTunings.ListAsync()
        );
        yield return new(
            "create a fine-tuning",
            "POST",
            "/v1/fine_tunings",
            """{"input_file_id":"file_1","name":"mine","type":"lora","base_model":"llama-3.1-8b-instant"}""",
            client =>
                client.FineTunings.CreateAsync(
                    new()
                    {
                        InputFileId = "file_1",
                        Name = "mine",
                        BaseModel = "llama-3.1-8b-instant",
                    }
                )
        );
        yield return new(
            "get a fine-tuning",
            "GET",
            "/v1/fine_tunings/ft_1",
            null,
            client => client.FineTunings.GetAsync("ft_1")
        );
        yield return new(
            "delete a fine-tuning",
            "DELETE",
            "/v1/fine_tunings/ft_1",
            null,
            client => client.FineTunings.DeleteAsync("ft_1")
        );
    }

    private static IEnumerable<ResourceRequestSample> Older()
    {
        yield return new(
            "continue a text",
            "POST",
            "/openai/v1/completions",
            """
            {"model":"m","prompt":["a","b"],"suffix":"s","max_tokens":5,"temperature":0,"top_p":1,"n":2,"best_of":3,"logprobs":1,"echo":true,
            "stop":["x"],"frequency_penalty":1,"presence_penalty":-1,"logit_bias":{"5":-100},"seed":1,"user":"u"}
            """,
            client =>
                client.Completions.CreateAsync(
                    new CompletionRequest
                    {
                        Model = "m",
                        Prompt = new[] { "a", "b" },
                        Suffix = "s",
                        MaxTokens = 5,
                        Temperature = 0,
                        TopP = 1,
                        N = 2,
                        BestOf = 3,
                        Logprobs = 1,
                        Echo = true,
                        Stop = ["x"],
                        FrequencyPenalty = 1,
                        PresencePenalty = -1,
                        LogitBias = new Dictionary<string, int> { ["5"] = -100 },
                        Seed = 1,
                        User = "u",
                    }
                ),
            IsDocumented: false
        );
    }
}
