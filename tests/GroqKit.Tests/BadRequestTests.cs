using System.Text.Json;
using GroqKit.Batches;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.Raw;
using GroqKit.Responses;

namespace GroqKit.Tests;

/// <summary>What cannot succeed is refused by its name, and nothing is sent.</summary>
[Requirement("CL-22", "CL-17")]
public sealed class BadRequestTests
{
    private static readonly ResponseRequest Good = new() { Model = "m", Input = "hi" };

    private static readonly (string Parameter, Func<GroqClient, Task> Send)[] Cases =
    [
        ("model", client => client.Embeddings.CreateAsync(new() { Model = "", Input = "a" })),
        ("input", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = default })),
        ("input", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = "" })),
        ("input", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = Array.Empty<string>() })),
        ("input", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = new string[2049] })),
        ("input[1]", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = new[] { "a", "" } })),
        ("encoding_format", client => client.Embeddings.CreateAsync(Embed() with { EncodingFormat = "int8" })),
        ("user", client => client.Embeddings.CreateAsync(Embed() with { ExtraBody = Extra("user") })),
        (
            "query",
            client =>
                client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "m",
                        Query = "",
                        Docs = ["a"],
                    }
                )
        ),
        (
            "docs",
            client =>
                client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "m",
                        Query = "q",
                        Docs = [],
                    }
                )
        ),
        (
            "docs",
            client =>
                client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "m",
                        Query = "q",
                        Docs = new string[101],
                    }
                )
        ),
        (
            "docs[0]",
            client =>
                client.Reranking.CreateAsync(
                    new()
                    {
                        Model = "m",
                        Query = "q",
                        Docs = [""],
                    }
                )
        ),
        ("base_model", client => client.FineTunings.CreateAsync(Tune("file_1", "n", "a b"))),
        ("name", client => client.FineTunings.CreateAsync(Tune("file_1", "", "m"))),
        ("input_file_id", client => client.FineTunings.CreateAsync(Tune("..", "n", "m"))),
        ("id", client => client.FineTunings.GetAsync("")),
        ("model", client => client.Models.DeleteAsync("a\r\nb")),
        ("file_id", client => client.Files.GetAsync("..")),
        ("file_id", client => client.Files.DeleteAsync("")),
        ("file_id", client => client.Files.OpenContentAsync("a b")),
        ("file_id", client => client.Files.DownloadAsync("", "/tmp/never-written")),
        ("file", client => client.Files.UploadAsync(FileUpload.FromFile("/no/such/file.jsonl"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromBytes(new byte[] { 1 }, "a.txt"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromBytes(default, "a.jsonl"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromBytes(new byte[(200 << 20) + 1], "a.jsonl"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromStream(new MemoryStream([1])))),
        (
            "purpose",
            client => client.Files.UploadAsync(FileUpload.FromBytes(new byte[] { 1 }, "a.jsonl"), "batch_output")
        ),
        ("batch_id", client => client.Batches.GetAsync("a/../b\n")),
        ("batch_id", client => client.Batches.CancelAsync("")),
        ("id", client => client.Batches.GetManyAsync([])),
        ("id[1]", client => client.Batches.GetManyAsync(["batch_1", ""])),
        ("input_file_id", client => client.Batches.CreateAsync(new() { InputFileId = "" })),
        (
            "completion_window",
            client => client.Batches.CreateAsync(new() { InputFileId = "f", CompletionWindow = "8d" })
        ),
        (
            "completion_window",
            client => client.Batches.CreateAsync(new() { InputFileId = "f", CompletionWindow = "1h" })
        ),
        ("completion_window", client => client.Batches.SubmitAsync([Item("a")], new() { CompletionWindow = "soon" })),
        ("endpoint", client => client.Batches.CreateAsync(new() { InputFileId = "f", Endpoint = "" })),
        ("MaxWait", client => client.Batches.WaitAsync("b", new() { MaxWait = TimeSpan.Zero })),
        ("MaxDelay", client => client.Batches.WaitAsync("b", new() { MaxDelay = TimeSpan.FromSeconds(1) })),
        ("requests", client => client.Batches.SubmitAsync(Array.Empty<BatchItem>())),
        ("requests[1].custom_id", client => client.Batches.SubmitAsync([Item("a"), Item("a")])),
        ("input", client => client.Responses.CreateAsync(Good with { Input = default })),
        ("input", client => client.Responses.CreateAsync(Good with { Input = Array.Empty<ResponseItem>() })),
        ("input[0].role", client => client.Responses.CreateAsync(Good with { Input = new[] { new ResponseItem() } })),
        (
            "input[0].content",
            client => client.Responses.CreateAsync(Good with { Input = Items(new() { Role = "user" }) })
        ),
        ("input[0].call_id", client => client.Responses.CreateAsync(Good with { Input = Items(Output("", "x")) })),
        ("input[0].output", client => client.Responses.CreateAsync(Good with { Input = Items(Output("c", null)) })),
        (
            "input[0].content[0].image_url",
            client => client.Responses.CreateAsync(Good with { Input = Items(ResponseItem.User(Image("http://a/b"))) })
        ),
        ("max_output_tokens", client => client.Responses.CreateAsync(Good with { MaxOutputTokens = 0 })),
        ("temperature", client => client.Responses.CreateAsync(Good with { Temperature = 2.1 })),
        ("top_p", client => client.Responses.CreateAsync(Good with { TopP = double.NaN })),
        ("store", client => client.Responses.CreateAsync(Good with { Store = true })),
        ("metadata", client => client.Responses.CreateAsync(Good with { Metadata = Pairs(17) })),
        ("tools", client => client.Responses.CreateAsync(Good with { Tools = new ResponseTool[129] })),
        (
            "tools[0].name",
            client => client.Responses.CreateAsync(Good with { Tools = [ResponseTool.FromFunction("a b")] })
        ),
        (
            "tools[0].container",
            client => client.Responses.CreateAsync(Good with { Tools = [new() { Type = "code_interpreter" }] })
        ),
        (
            "tools[0].server_url",
            client => client.Responses.CreateAsync(Good with { Tools = [ResponseTool.FromMcpServer("l", "http://a")] })
        ),
        ("tool_choice.function.name", client => client.Responses.CreateAsync(Good with { ToolChoice = Choose("f") })),
        (
            "text.format.schema",
            client => client.Responses.CreateAsync(Good with { Text = ResponseText.FromSchema("s", Json("[]")) })
        ),
        ("stream", client => client.Responses.StreamAsync(Good with { ExtraBody = Extra("stream") })),
        ("BaseUrl", client => client.Completions.CreateAsync(new() { Model = "m", Prompt = "a" })),
        ("path", client => client.SendAsync(HttpMethod.Get, "")),
        ("path", client => client.SendAsync(HttpMethod.Get, "https://example.com/steal")),
        ("path", client => client.SendAsync(HttpMethod.Get, "//example.com/steal")),
        ("path", client => client.SendAsync(HttpMethod.Get, "openai/../../x")),
        ("path", client => client.SendAsync(HttpMethod.Get, "openai/%2e%2e/x")),
        ("path", client => client.SendAsync(HttpMethod.Get, "openai/v1/models\r\nx: y")),
        ("path", client => client.OpenAsync(HttpMethod.Post, "a b", RawBody.FromJson("{}"))),
    ];

    public static TheoryData<int, string> All() => new(Cases.Select((one, index) => (index, one.Parameter)));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Bad_input_is_named_and_nothing_is_sent(int index, string parameter)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        var error = await Should.ThrowAsync<GroqValidationException>(() => Cases[index].Send(client));

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldContain(parameter);
        error.Status.ShouldBeNull();
        handler.Calls.ShouldBe(0);
    }

    public static TheoryData<string, CompletionRequest> Continuations()
    {
        var good = new CompletionRequest { Model = "m", Prompt = "a" };
        return new()
        {
            { "prompt", good with { Prompt = "" } },
            { "prompt", good with { Prompt = Array.Empty<string>() } },
            { "max_tokens", good with { MaxTokens = 0 } },
            { "best_of", good with { N = 2, BestOf = 1 } },
            { "logprobs", good with { Logprobs = 6 } },
            { "stop", good with { Stop = ["a", "b", "c", "d", "e"] } },
        };
    }

    [Theory]
    [MemberData(nameof(Continuations))]
    public async Task A_text_that_cannot_be_continued_is_named(string parameter, CompletionRequest request)
    {
        await using StubServer server = await StubServer.StartAsync();
        using GroqClient client = Clients.For(server);

        var error = await Should.ThrowAsync<GroqValidationException>(() => client.Completions.CreateAsync(request));

        error.Parameter.ShouldBe(parameter);
        server.Requests.ShouldBeEmpty();
    }

    private static EmbeddingRequest Embed() => new() { Model = "m", Input = "a" };

    private static GroqKit.FineTunings.FineTuningRequest Tune(string file, string name, string model) =>
        new()
        {
            InputFileId = file,
            Name = name,
            BaseModel = model,
        };

    private static BatchItem Item(string id) => BatchItem.FromChat(id, Requests.Hello);

    private static ResponseItem[] Items(ResponseItem item) => [item];

    private static ResponseItem Output(string id, string? text) =>
        new()
        {
            Type = ResponseItemType.FunctionCallOutput,
            CallId = id,
            Output = text,
        };

    private static ResponsePart[] Image(string url) => [ResponsePart.FromImageUrl(url)];

    private static GroqKit.Chat.ToolChoice Choose(string name) => GroqKit.Chat.ToolChoice.ForFunction(name);

    private static JsonElement Json(string text) => ResourceRequestSamples.Json(text);

    private static Dictionary<string, JsonElement> Extra(string name) => new() { [name] = Json("true") };

    private static Dictionary<string, string> Pairs(int count) =>
        Enumerable.Range(0, count).ToDictionary(number => $"{number}", _ => "v");
}
