using System.Text.Json;
using GroqKit.Audio;
using GroqKit.Batches;
using GroqKit.Chat;
using GroqKit.Completions;
using GroqKit.Embeddings;
using GroqKit.Files;
using GroqKit.Raw;
using GroqKit.Reranking;
using GroqKit.Responses;

namespace GroqKit.Tests;

/// <summary>What cannot succeed is refused by its name, and nothing is sent.</summary>
[Requirement("CL-22", "CL-17")]
public sealed class BadRequestTests
{
    private const string Half = "\ud83d";

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
        ("json", client => client.SendAsync(HttpMethod.Post, "a", RawBody.FromJson($"\"{Half}\""))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromBytes(new byte[] { 1 }, "a\r\nb.jsonl"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromBytes(new byte[] { 1 }, $"a{Half}.jsonl"))),
        ("file", client => client.Files.UploadAsync(FileUpload.FromStream(new MemoryStream([1]), "a\u0085.jsonl"))),
        ("file", client => client.Audio.Transcriptions.CreateAsync(Recording("a\nb.wav"))),
        ("file", client => client.Audio.Transcriptions.CreateAsync(Recording($"{Half}.wav"))),
        ("prompt", client => client.Audio.Transcriptions.CreateAsync(Recording("a.wav") with { Prompt = Half })),
        (
            "extra",
            client =>
                client.Audio.Transcriptions.CreateAsync(
                    Recording("a.wav") with
                    {
                        ExtraBody = new() { ["extra"] = Json("\"\\ud800\"") },
                    }
                )
        ),
        (
            "url",
            client => client.Audio.Translations.CreateAsync(new() { Audio = Address($"data:audio/wav;base64,{Half}") })
        ),
        ("input", client => client.Audio.Speech.CreateAsync(Say(""))),
        ("input", client => client.Audio.Speech.CreateAsync(Say(" \n"))),
        ("input", client => client.Audio.Speech.CreateAsync(Say(Half))),
        ("input", client => client.Audio.Speech.CreateAsync(Say($"{new string('a', 500)}. {Half}"))),
        ("instructions", client => client.Audio.Speech.CreateAsync(Speech("instructions"))),
        ("input", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = Half })),
        ("input[1]", client => client.Embeddings.CreateAsync(new() { Model = "m", Input = new[] { "a", Half } })),
        ("user", client => client.Embeddings.CreateAsync(Embed() with { User = Half })),
        ("query", client => client.Reranking.CreateAsync(Rank(Half, "a"))),
        ("docs[1]", client => client.Reranking.CreateAsync(Rank("q", "a", Half))),
        ("name", client => client.FineTunings.CreateAsync(Tune("file_1", Half, "m"))),
        ("cursor", client => client.Batches.ListPageAsync("")),
        ("cursor", client => client.Batches.ListPageAsync(Half)),
        ("cursor", client => client.Batches.ListPageAsync(new string('a', 100_000))),
        ("metadata.k", client => client.Batches.CreateAsync(new() { InputFileId = "f", Metadata = Named("k", Half) })),
        ("requests[0].custom_id", client => client.Batches.SubmitAsync([Item(Half)])),
        (
            "requests[1].body.messages[0].content",
            client => client.Batches.SubmitAsync([Item("a"), BatchItem.FromChat("b", Ask(ChatMessage.User(Half)))])
        ),
        (
            "requests[0].body.messages[0].content",
            client => client.Batches.SubmitAsync([BatchItem.FromBody("a", BatchEndpoint.ChatCompletions, Split())])
        ),
        ("input", client => client.Responses.CreateAsync(Good with { Input = "" })),
        ("input", client => client.Responses.CreateAsync(Good with { Input = Half })),
        ("instructions", client => client.Responses.StreamAsync(Good with { Instructions = Half })),
        ("input[0].output", client => client.Responses.CreateAsync(Good with { Input = Items(Output("c", Half)) })),
        (
            "input[0].error",
            client =>
                client.Responses.CreateAsync(
                    Good with
                    {
                        Input = Items(new() { Type = "new", Error = default(JsonElement) }),
                    }
                )
        ),
        ("metadata.k", client => client.Responses.CreateAsync(Good with { Metadata = Named("k", Half) })),
        ("messages[1].content", client => Chat(client, ChatMessage.System("a"), ChatMessage.User($"b{Half}"))),
        ("messages[0].content[1].text", client => Chat(client, ChatMessage.User([ContentPart.FromText("a"), Part()]))),
        ("messages[0].name", client => Chat(client, ChatMessage.User("a") with { Name = Half })),
        ("user", client => client.Chat.CreateAsync(Requests.Hello with { User = Half })),
        ("stop[1]", client => client.Chat.CreateAsync(Requests.Hello with { Stop = ["a", Half] })),
        ("stop[0]", client => client.Chat.StreamAsync(Requests.Hello with { Stop = [""] })),
        ("metadata.k", client => client.Chat.StreamAsync(Requests.Hello with { Metadata = Named("k", Half) })),
        (
            "tools[0].function.description",
            client => client.Chat.CreateAsync(Requests.Hello with { Tools = [ChatTool.ForFunction("f", Half)] })
        ),
        (
            "tools[0].function.parameters.enum[1]",
            client =>
                client.Chat.CreateAsync(
                    Requests.Hello with
                    {
                        Tools = [ChatTool.ForFunction("f", "d", Json("""{"enum":["a","\udc00"]}"""))],
                    }
                )
        ),
        (
            "extra.a",
            client =>
                client.Chat.CreateAsync(
                    Requests.Hello with
                    {
                        ExtraBody = new() { ["extra"] = Json("""{"a":"\ud800"}""") },
                    }
                )
        ),
        (
            "documents[0].source.text",
            client => client.Chat.CreateAsync(Requests.Hello with { Documents = [ChatDocument.FromText(Half)] })
        ),
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

    [Fact]
    public async Task Whole_pairs_and_replacement_characters_are_sent_as_they_are()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, "{}");
        using GroqClient client = Clients.For(server);
        const string Text = "\ufffd \\uFFFD \ud83d\ude00 \0";

        await client.Chat.CreateAsync(Ask(ChatMessage.User(Text)));

        using JsonDocument body = JsonDocument.Parse(server.Requests.Single().Body);
        body.RootElement.GetProperty("messages")[0].GetProperty("content").GetString().ShouldBe(Text);
    }

    private static Task<ChatCompletion> Chat(GroqClient client, params ChatMessage[] messages) =>
        client.Chat.CreateAsync(Ask(messages));

    private static ChatRequest Ask(params ChatMessage[] messages) => new() { Model = "m", Messages = messages };

    private static ContentPart Part() => ContentPart.FromText(Half);

    private static JsonElement Split() => Json("""{"model":"m","messages":[{"role":"user","content":"\ud800"}]}""");

    private static TranscriptionRequest Recording(string name) =>
        new() { Audio = AudioInput.FromBytes(new byte[] { 1 }, name) };

    private static AudioInput Address(string url) => AudioInput.FromUrl(url);

    private static SpeechRequest Speech(string extra) =>
        Say("a") with
        {
            ExtraBody = new() { [extra] = Json("\"\\ud800\"") },
        };

    private static SpeechRequest Say(string text) => new() { Input = text, Voice = "hannah" };

    private static RerankRequest Rank(string query, params string[] docs) =>
        new()
        {
            Model = "m",
            Query = query,
            Docs = docs,
        };

    private static Dictionary<string, string> Named(string name, string value) => new() { [name] = value };

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

    private static ToolChoice Choose(string name) => ToolChoice.ForFunction(name);

    private static JsonElement Json(string text) => ResourceRequestSamples.Json(text);

    private static Dictionary<string, JsonElement> Extra(string name) => new() { [name] = Json("true") };

    private static Dictionary<string, string> Pairs(int count) =>
        Enumerable.Range(0, count).ToDictionary(number => $"{number}", _ => "v");
}
