using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

[Requirement("CL-22")]
public sealed class ChatRequestRulesTests
{
    private static readonly Dictionary<string, ChatRequest> Broken = new()
    {
        ["model"] = Hello with { Model = "" },
        ["model: null"] = Hello with { Model = null! },
        ["model: space"] = Hello with { Model = "a b" },
        ["model: line"] = Hello with { Model = "a\nb" },
        ["model: long"] = Hello with { Model = new string('a', 257) },
        ["messages"] = Hello with { Messages = [] },
        ["messages: null"] = Hello with { Messages = null! },
        ["messages[1]"] = Hello with { Messages = ["a", null!] },
        ["messages[0].role"] = Say(new ChatMessage { Role = "robot", Content = "x" }),
        ["messages[0].role: none"] = Say(new ChatMessage { Role = default, Content = "x" }),
        ["messages[0].content"] = Say(new ChatMessage { Role = ChatRole.User }),
        ["messages[0].content: default"] = Say(
            new ChatMessage { Role = ChatRole.User, Content = default(MessageContent) }
        ),
        ["messages[0].content: no parts"] = Say(ChatMessage.User(Array.Empty<ContentPart>())),
        ["messages[0].content[1]"] = Say(ChatMessage.User("a", null!)),
        ["messages[0].content[0].type"] = Say(ChatMessage.System(new[] { ContentPart.FromImageUrl("https://a.b/c") })),
        ["messages[0].content[0].type: unknown"] = Say(ChatMessage.User(new ContentPart { Type = "file" })),
        ["messages[0].content[0].text"] = Say(ChatMessage.User(new ContentPart { Type = ContentPartType.Text })),
        ["messages[2].content[0].image_url.url"] = Hello with
        {
            Messages = ["a", "b", ChatMessage.User(ContentPart.FromImageUrl("http://example.com/a.png"))],
        },
        ["messages[0].content[0].image_url.url: file"] = Image("file:///etc/passwd"),
        ["messages[0].content[0].image_url.url: relative"] = Image("a.png"),
        ["messages[0].content[0].image_url.url: pdf"] = Image("data:application/pdf;base64,AAAA"),
        ["messages[0].content[0].image_url.url: base64"] = Image("data:image/png;base64,%%%"),
        ["messages[0].content[0].image_url.url: empty"] = Image("data:image/png;base64,"),
        ["messages[0].content[0].image_url.url: none"] = Say(
            ChatMessage.User(new ContentPart { Type = ContentPartType.ImageUrl })
        ),
        ["messages[0].content[0].document.data"] = Say(
            ChatMessage.User(ContentPart.FromDocument(ChatRequestSamples.Json("[]")))
        ),
        ["messages[0].tool_call_id"] = Say(ChatMessage.Tool("", "x")),
        ["messages[0].name"] = Say(new ChatMessage { Role = ChatRole.Function, Content = "x" }),
        ["messages[0].tool_calls[0].id"] = Say(ChatMessage.Assistant(null, ToolCall.Create("", "f", "{}"))),
        ["messages[0].tool_calls[0].function.name"] = Say(ChatMessage.Assistant(null, ToolCall.Create("a", "", "{}"))),
        ["messages[0].tool_calls[0].function.arguments"] = Say(
            ChatMessage.Assistant(null, ToolCall.Create("a", "f", null!))
        ),
        ["temperature"] = Hello with { Temperature = 3 },
        ["temperature: negative"] = Hello with { Temperature = -0.1 },
        ["temperature: NaN"] = Hello with { Temperature = double.NaN },
        ["top_p"] = Hello with { TopP = 1.1 },
        ["frequency_penalty"] = Hello with { FrequencyPenalty = 2.1 },
        ["presence_penalty"] = Hello with { PresencePenalty = -2.1 },
        ["top_logprobs"] = Hello with { Logprobs = true, TopLogprobs = 21 },
        ["top_logprobs: alone"] = Hello with { TopLogprobs = 2 },
        ["n"] = Hello with { N = 2 },
        ["max_completion_tokens"] = Hello with { MaxCompletionTokens = 0 },
        ["max_tokens"] = Hello with { MaxTokens = -1 },
        ["stop"] = Hello with { Stop = ["1", "2", "3", "4", "5"] },
        ["stop[1]"] = Hello with { Stop = ["1", ""] },
        ["include_reasoning"] = Hello with { IncludeReasoning = true, ReasoningFormat = ReasoningFormat.Parsed },
        ["tools"] = Hello with { Tools = [.. Enumerable.Range(0, 129).Select(i => ChatTool.ForFunction($"f{i}"))] },
        ["tools[0].type"] = Hello with { Tools = [null!] },
        ["tools[0].function"] = Hello with { Tools = [new ChatTool { Type = ChatToolType.Function }] },
        ["tools[1].function.name"] = Hello with { Tools = [ChatTool.ForFunction("a"), ChatTool.ForFunction("a b")] },
        ["tools[0].function.name: long"] = Hello with { Tools = [ChatTool.ForFunction(new string('a', 65))] },
        ["tools[0].function.parameters"] = Hello with { Tools = [ChatTool.ForFunction("f", null, "[]")] },
        ["tools[0].function.parameters: undefined"] = Hello with
        {
            Tools = [ChatTool.ForFunction("f", null, default(JsonElement))],
        },
        ["tools[0].server_label"] = Hello with { Tools = [ChatTool.Mcp("", "https://a.b")] },
        ["tools[0].server_url"] = Hello with { Tools = [ChatTool.Mcp("a", "http://a.b")] },
        ["tools[0].authorization"] = Hello with { Tools = [ChatTool.Connector("a", ConnectorId.Gmail, "")] },
        ["tool_choice"] = Hello with { ToolChoice = default(ToolChoice) },
        ["tool_choice.function.name"] = Hello with { ToolChoice = ToolChoice.ForFunction("f") },
        ["functions"] = Hello with { Functions = [.. Enumerable.Repeat(new FunctionDefinition { Name = "f" }, 129)] },
        ["functions[0].name"] = Hello with { Functions = [new FunctionDefinition { Name = "ä" }] },
        ["functions[0].parameters"] = Hello with
        {
            Functions = [new FunctionDefinition { Name = "f", Parameters = ChatRequestSamples.Json("1") }],
        },
        ["response_format.json_schema"] = Hello with
        {
            ResponseFormat = new ResponseFormat { Type = ResponseFormatType.JsonSchema },
        },
        ["response_format.json_schema.name"] = Hello with { ResponseFormat = ResponseFormat.ForSchema("a b", "{}") },
        ["response_format.json_schema.schema"] = Hello with { ResponseFormat = ResponseFormat.ForSchema("a", "true") },
        ["documents[0].source"] = Hello with { Documents = [new ChatDocument { Source = null! }] },
        ["documents[0].source.text"] = Hello with { Documents = [ChatDocument.FromText(null!)] },
        ["documents[0].source.data"] = Hello with
        {
            Documents = [ChatDocument.FromJson(ChatRequestSamples.Json("[]"))],
        },
        ["temperature: twice"] = Hello with { ExtraBody = new() { ["temperature"] = ChatRequestSamples.Json("1") } },
        ["new_one"] = Hello with { ExtraBody = new() { ["new_one"] = default } },
    };

    public static TheoryData<string> Names() => [.. Broken.Keys];

    private static ChatRequest Hello => Requests.Hello;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_broken_request_names_its_parameter_and_is_not_sent(string name)
    {
        var handler = new ScriptedHandler();
        using GroqClient client = Clients.For(handler);

        var whole = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.CreateAsync(Broken[name]));
        var stream = await Should.ThrowAsync<GroqValidationException>(() => client.Chat.StreamAsync(Broken[name]));

        string parameter = name.Split(": ")[0];
        foreach (GroqValidationException error in new[] { whole, stream })
        {
            error.Parameter.ShouldBe(parameter);
            error.Message.ShouldStartWith(parameter);
            error.Status.ShouldBeNull();
            error.IsRetryable.ShouldBeFalse();
            error.Attempts.ShouldBe(0);
        }
        handler.Calls.ShouldBe(0);
    }

    private static ChatRequest Say(ChatMessage message) => Hello with { Messages = [message] };

    private static ChatRequest Image(string url) => Say(ChatMessage.User(ContentPart.FromImageUrl(url)));
}
