using System.Text.Json;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

[Requirement("CL-28", "CL-11")]
public sealed class AnswerTests
{
    [Fact]
    public async Task Thinking_stands_before_the_text_and_apart_from_it()
    {
        ChatResponse answer = await AskAsync(GroqBodies.Chat("Hi.", "Hm."));

        answer.Text.ShouldBe("Hi.");
        answer
            .Messages.Single()
            .Contents.Select(content => content.GetType())
            .ShouldBe([typeof(TextReasoningContent), typeof(TextContent)]);
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.ConversationId.ShouldBeNull();
        answer.RawRepresentation.ShouldBeOfType<ChatCompletion>();
        answer.Messages.Single().RawRepresentation.ShouldBeOfType<AssistantMessage>();
    }

    [Fact]
    public async Task Usage_has_what_Groq_counts()
    {
        UsageDetails usage = (await AskAsync(Script.Whole)).Usage!;

        usage.InputTokenCount.ShouldBe(20);
        usage.OutputTokenCount.ShouldBe(10);
        usage.TotalTokenCount.ShouldBe(30);
        usage.CachedInputTokenCount.ShouldBe(8);
        usage.ReasoningTokenCount.ShouldBe(4);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("{\"a\":")]
    public async Task Arguments_that_cannot_be_read_are_told_not_thrown_and_go_back_as_they_were(string arguments)
    {
        ScriptedHandler handler = new ScriptedHandler()
            .Next(ScriptedAnswer.ToolCall("add", arguments))
            .Next(ScriptedAnswer.Chat("ok"));
        using GroqClient groq = handler.CreateClient();
        List<ChatMessage> history = [new(ChatRole.User, "hi")];

        history.AddMessages(await groq.AsIChatClient("m").GetResponseAsync(history));
        var call = history[1].Contents.ShouldHaveSingleItem().ShouldBeOfType<FunctionCallContent>();
        history.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, "Write JSON.")]));
        await groq.AsIChatClient("m").GetResponseAsync(history);

        call.Exception.ShouldNotBeNull();
        call.RawRepresentation.ShouldBeOfType<ToolCall>().Function.Arguments.ShouldBe(arguments);
        handler.Requests[1].Chat.Messages[1].ToolCalls!.Single().Function.Arguments.ShouldBe(arguments);
    }

    [Fact]
    public async Task A_call_without_arguments_has_none()
    {
        ChatResponse answer = await AskAsync(GroqBodies.ToolCall("now", ""));

        var call = answer.Messages.Single().Contents.ShouldHaveSingleItem().ShouldBeOfType<FunctionCallContent>();
        call.Arguments.ShouldBeEmpty();
        call.Exception.ShouldBeNull();
        answer.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
    }

    [Fact]
    public async Task A_search_that_Groq_ran_is_a_search()
    {
        IList<AIContent> contents = await RunAsync(
            """{"index":0,"type":"browser_search","name":"browser.search","arguments":"{\"query\":\"groq\"}","output":"Found.","search_results":{"results":[{"url":"https://groq.com/"},{"url":"no address"}]}}"""
        );

        contents.OfType<WebSearchToolCallContent>().Single().Queries.ShouldBe(["groq"]);
        var found = contents.OfType<WebSearchToolResultContent>().Single();
        found.CallId.ShouldBe(contents.OfType<WebSearchToolCallContent>().Single().CallId);
        found.Outputs!.OfType<UriContent>().Single().Uri.ShouldBe(new Uri("https://groq.com/"));
        found.RawRepresentation.ShouldBeOfType<ExecutedTool>();
    }

    [Fact]
    public async Task Code_that_Groq_ran_is_code()
    {
        IList<AIContent> contents = await RunAsync(
            """{"index":0,"type":"python","arguments":"{\"code\":\"print(1)\"}","output":"1","code_results":[{"text":"1","png":"iVBORw0KGgo="},{"png":"no base64!"}]}"""
        );

        contents
            .OfType<CodeInterpreterToolCallContent>()
            .Single()
            .Inputs!.OfType<TextContent>()
            .Single()
            .Text.ShouldBe("print(1)");
        var result = contents.OfType<CodeInterpreterToolResultContent>().Single();
        result.Outputs!.OfType<TextContent>().Select(text => text.Text).ShouldBe(["1", "1"]);
        result.Outputs!.OfType<DataContent>().Single().MediaType.ShouldBe("image/png");
    }

    [Fact]
    public async Task A_tool_of_a_server_that_Groq_called_is_that()
    {
        IList<AIContent> contents = await RunAsync(
            """{"index":3,"type":"mcp","name":"search_docs","arguments":"{\"q\":1}","output":"Text."}"""
        );

        var call = contents.OfType<McpServerToolCallContent>().Single();
        call.Name.ShouldBe("search_docs");
        call.CallId.ShouldEndWith("-3");
        call.Arguments!["q"]!.ToString().ShouldBe("1");
        contents.OfType<McpServerToolResultContent>().Single().Outputs!.Single().ToString().ShouldBe("Text.");
    }

    [Fact]
    public async Task What_Groq_ran_asks_nobody_to_run_anything()
    {
        IList<AIContent> contents = await RunAsync("""{"index":0,"type":"function","name":"f","arguments":"oops"}""");

        contents.OfType<FunctionCallContent>().ShouldBeEmpty();
        contents.OfType<McpServerToolCallContent>().Single().Arguments.ShouldBeNull();
    }

    [Fact]
    public async Task Citations_lie_on_the_text()
    {
        ChatResponse answer = await AskAsync(Script.Whole);

        CitationAnnotation citation = answer
            .Messages.Single()
            .Contents.OfType<TextContent>()
            .Single()
            .Annotations!.Single()
            .ShouldBeOfType<CitationAnnotation>();
        citation.FileId.ShouldBe("d1");
        citation.AnnotatedRegions!.Single().ShouldBeOfType<TextSpanAnnotatedRegion>().EndIndex.ShouldBe(5);
    }

    [Fact]
    public async Task Several_answers_are_several_messages_in_their_order()
    {
        ChatResponse answer = await AskAsync(
            """{"id":"a","model":"m","choices":[{"index":1,"message":{"role":"assistant","content":"right"},"finish_reason":"length"},{"index":0,"message":{"role":"assistant","content":"left"},"finish_reason":"stop"}]}"""
        );

        answer.Messages.Select(message => message.Text).ShouldBe(["left", "right"]);
        answer.Messages.Select(message => message.MessageId).ShouldBe(["a", "a-1"]);
    }

    [Fact]
    public async Task An_answer_survives_being_stored_as_JSON()
    {
        ChatResponse answer = await AskAsync(Script.Whole);

        string json = JsonSerializer.Serialize(answer, AIJsonUtilities.DefaultOptions);
        ChatResponse again = JsonSerializer.Deserialize<ChatResponse>(json, AIJsonUtilities.DefaultOptions)!;

        Script.Lines(again).ShouldBe(Script.Lines(answer));
    }

    private static async Task<ChatResponse> AskAsync(string body)
    {
        using GroqClient groq = new ScriptedHandler().Next(200, body).CreateClient();
        return await groq.AsIChatClient("m").GetResponseAsync("hi");
    }

    private static async Task<IList<AIContent>> RunAsync(string tool)
    {
        ChatResponse answer = await AskAsync(
            $$$"""{"id":"a","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"done","executed_tools":[{{{tool}}}]},"finish_reason":"stop"}]}"""
        );
        answer.Text.ShouldBe("done");
        return answer.Messages.Single().Contents;
    }
}
