using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

[Requirement("CL-28", "CL-11")]
public sealed class MessageTests
{
    private const string Vision = "qwen/qwen3.8-27b";
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ";

    /// <summary>Every content that a message may hold, and the user's part it becomes. Empty: it only informs. Null: it is refused.</summary>
    private static readonly Dictionary<string, (AIContent Content, string? Part)> Contents = new()
    {
        ["text"] = (new TextContent("b"), """{"type":"text","text":"b"}"""),
        ["thinking"] = (new TextReasoningContent("hm"), ""),
        ["image"] = (
            new DataContent($"data:image/png;base64,{Png}"),
            $$$"""{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}"""
        ),
        ["image by address"] = (
            new UriContent("https://example.com/a.png", "image/png")
            {
                AdditionalProperties = new() { ["detail"] = "high" },
            },
            """{"type":"image_url","image_url":{"url":"https://example.com/a.png","detail":"high"}}"""
        ),
        ["audio"] = (new DataContent(new byte[] { 1 }, "audio/wav"), null),
        ["document"] = (new DataContent(new byte[] { 1 }, "application/pdf") { Name = "a.pdf" }, null),
        ["audio by address"] = (new UriContent("https://example.com/a.wav", "audio/wav"), null),
        ["file"] = (new HostedFileContent("file_1"), null),
        ["vector store"] = (new HostedVectorStoreContent("vs_1"), null),
        ["call"] = (new FunctionCallContent("c", "f"), null),
        ["usage"] = (new UsageContent(new UsageDetails()), ""),
        ["error"] = (new ErrorContent("no"), ""),
        ["search call"] = (new WebSearchToolCallContent("s"), ""),
        ["search result"] = (new WebSearchToolResultContent("s"), ""),
        ["code call"] = (new CodeInterpreterToolCallContent("s"), ""),
        ["code result"] = (new CodeInterpreterToolResultContent("s"), ""),
        ["server call"] = (new McpServerToolCallContent("s", "f", "server"), ""),
        ["server result"] = (new McpServerToolResultContent("s"), ""),
        ["approval request"] = (new ToolApprovalRequestContent("r", new FunctionCallContent("c", "f")), ""),
        ["approval response"] = (new ToolApprovalResponseContent("r", true, new FunctionCallContent("c", "f")), ""),
        ["bare"] = (new AIContent(), ""),
    };

    public static TheoryData<string> Names => [.. Contents.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_content_becomes_a_part_or_informs_or_is_refused_by_its_name(string name)
    {
        var (content, part) = Contents[name];
        var message = new ChatMessage(ChatRole.User, [new TextContent("a"), content]);

        if (part is null)
        {
            (
                await Should.ThrowAsync<NotSupportedException>(() => Golden.BodyAsync(null, Vision, null, message))
            ).Message.ShouldStartWith($"messages[0].contents[1]: a {content.GetType().Name} ");
            return;
        }
        string expected = part.Length == 0 ? "\"a\"" : $$"""[{"type":"text","text":"a"},{{part}}]""";
        (await Golden.BodyAsync(null, Vision, null, message)).ShouldBe(
            $$"""{"model":"{{Vision}}","messages":[{"role":"user","content":{{expected}}}]}"""
        );
    }

    [Theory]
    [InlineData("image")]
    [InlineData("image by address")]
    public async Task Pictures_have_no_place_in_an_assistants_message(string name) =>
        (
            await Should.ThrowAsync<NotSupportedException>(() =>
                Golden.BodyAsync(null, Vision, null, new ChatMessage(ChatRole.Assistant, [Contents[name].Content]))
            )
        ).Message.ShouldStartWith("messages[0]");

    [Fact]
    public async Task Inline_pictures_beyond_the_limit_are_refused_before_they_are_sent()
    {
        byte[] large = new byte[4 * 1024 * 1024];
        Convert.FromBase64String(Png).CopyTo(large, 0);

        GroqValidationException error = await Should.ThrowAsync<GroqValidationException>(() =>
            Golden.BodyAsync(
                null,
                Vision,
                null,
                new ChatMessage(ChatRole.User, [new TextContent("what?"), new DataContent(large, "image/png")])
            )
        );

        error.Status.ShouldBeNull();
        error.Parameter!.ShouldStartWith("messages[0].content[1]");
    }

    [Fact]
    public async Task Messages_without_contents_are_empty_texts() =>
        (
            await Golden.BodyAsync(
                null,
                Golden.Model,
                null,
                new ChatMessage(ChatRole.System, Array.Empty<AIContent>()),
                new ChatMessage(ChatRole.User, Array.Empty<AIContent>()),
                new ChatMessage(ChatRole.Assistant, Array.Empty<AIContent>()),
                new ChatMessage(ChatRole.User, "What is 1 + 2?")
            )
        ).ShouldBe(
            $$"""{"model":"{{Golden.Model}}","messages":[{"role":"system","content":""},{"role":"user","content":""},{"role":"assistant","content":""},{"role":"user","content":"What is 1 + 2?"}]}"""
        );

    [Fact]
    public async Task A_conversation_with_calls_and_results_goes_back_as_it_came()
    {
        ScriptedHandler handler = new ScriptedHandler().Next(200, Script.Whole).Next(ScriptedAnswer.Chat("done"));
        using GroqClient groq = handler.CreateClient();
        using IChatClient chat = groq.AsIChatClient(Golden.Model);
        List<ChatMessage> history = [new(ChatRole.User, "hi")];

        history.AddMessages(await chat.GetResponseAsync(history));
        history.Add(
            new(
                ChatRole.Tool,
                [
                    new FunctionResultContent("c1", new { sum = 3 }),
                    new FunctionResultContent("c2", null) { Exception = new InvalidOperationException("secret") },
                ]
            )
        );
        await chat.GetResponseAsync(history);

        JsonElement
            .DeepEquals(
                handler.Requests[1].Json.GetProperty("messages"),
                JsonElement.Parse(
                    """
                    [{"role":"user","content":"hi"},
                     {"role":"assistant","content":"Hello, wörld.","reasoning":"Let me see.","tool_calls":[
                       {"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1,\"b\":[\"é\"]}"}},
                       {"id":"c2","type":"function","function":{"name":"now","arguments":"{}"}}]},
                     {"role":"tool","tool_call_id":"c1","content":"{\"sum\":3}"},
                     {"role":"tool","tool_call_id":"c2","content":"Error: the tool failed."}]
                    """
                )
            )
            .ShouldBeTrue(handler.Requests[1].Text);
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData(null, "null")]
    [InlineData(42, "42")]
    [InlineData(true, "true")]
    public async Task A_result_is_text_as_it_is_or_JSON(object? result, string content)
    {
        string body = await Golden.BodyAsync(
            null,
            Golden.Model,
            null,
            new ChatMessage(ChatRole.User, "hi"),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("c", result)])
        );

        body.ShouldContain($$"""{"role":"tool","content":"{{content}}","tool_call_id":"c"}""");
    }

    [Fact]
    public async Task Results_in_a_users_message_come_before_what_the_user_says()
    {
        string body = await Golden.BodyAsync(
            null,
            Golden.Model,
            null,
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("c", "f")]),
            new ChatMessage(ChatRole.User, [new TextContent("and?"), new FunctionResultContent("c", "r")])
        );

        body.ShouldEndWith("""{"role":"tool","content":"r","tool_call_id":"c"},{"role":"user","content":"and?"}]}""");
    }

    [Fact]
    public async Task A_call_that_only_informs_is_left_out() =>
        (
            await Golden.BodyAsync(
                null,
                Golden.Model,
                null,
                new ChatMessage(ChatRole.User, "hi"),
                new ChatMessage(
                    ChatRole.Assistant,
                    [new TextContent("done"), new FunctionCallContent("c", "f") { InformationalOnly = true }]
                )
            )
        ).ShouldEndWith("""{"role":"assistant","content":"done"}]}""");

    [Fact]
    public async Task Any_role_is_passed_on_and_a_missing_message_is_named()
    {
        (
            await Golden.BodyAsync(null, Golden.Model, null, new ChatMessage(new ChatRole("developer"), "Be brief."))
        ).ShouldContain("""{"role":"developer","content":"Be brief."}""");
        (
            await Should.ThrowAsync<ArgumentException>(() =>
                Golden.BodyAsync(null, Golden.Model, null, new ChatMessage(ChatRole.User, "hi"), null!)
            )
        ).Message.ShouldStartWith("messages[1]");
    }

    [Fact]
    public async Task No_messages_at_all_is_an_error_before_the_call()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        (
            await Should.ThrowAsync<GroqValidationException>(() =>
                groq.AsIChatClient("m").GetResponseAsync(Array.Empty<ChatMessage>())
            )
        ).Parameter.ShouldBe("messages");
        handler.Calls.ShouldBe(0);
    }
}
