using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

/// <summary>One answer, as Groq gives it whole and as a stream.</summary>
internal static class Script
{
    private const string Usage = """
        {"prompt_tokens":20,"completion_tokens":10,"total_tokens":30,"prompt_tokens_details":{"cached_tokens":8},"completion_tokens_details":{"reasoning_tokens":4}}
        """;

    private const string Search = """
        {"index":0,"type":"search","arguments":"{\"query\":\"groq\"}","output":"Found.","search_results":{"results":[{"title":"Groq","url":"https://groq.com/","content":"Chips.","score":0.9}]}}
        """;

    private const string Citation = """
        {"type":"document_citation","document_citation":{"start_index":0,"end_index":5,"document_id":"d1"}}
        """;

    /// <summary>Thinking, a search, text with a citation, and two calls.</summary>
    public static string Whole { get; } =
        $$$"""
            {"id":"chatcmpl-1","object":"chat.completion","created":1790000000,"model":"openai/gpt-oss-20b","choices":[{"index":0,"finish_reason":"tool_calls","message":{
              "role":"assistant","reasoning":"Let me see.","executed_tools":[{{{Search}}}],"content":"Hello, wörld.","annotations":[{{{Citation}}}],
              "tool_calls":[{"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1,\"b\":[\"é\"]}"}},{"id":"c2","type":"function","function":{"name":"now","arguments":"{}"}}]}}],
             "usage":{{{Usage}}},"x_groq":{"id":"req_1"}}
            """;

    /// <summary>The same in pieces, the calls' arguments in pieces too.</summary>
    public static string Stream { get; } =
        Events(
            """{"role":"assistant","content":""}""",
            """{"reasoning":"Let me","channel":"analysis"}""",
            """{"reasoning":" see.","channel":"analysis"}""",
            """{"executed_tools":[{"index":0,"type":"search","arguments":"{\"query\":\"groq\"}"}]}""",
            $$"""{"executed_tools":[{{Search.Trim()}}]}""",
            """{"content":"Hello, "}""",
            """{"content":"wörld."}""",
            $$"""{"annotations":[{{Citation.Trim()}}]}""",
            """{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"add","arguments":"{\"a\":1,"}}]}""",
            """{"tool_calls":[{"index":1,"id":"c2","type":"function","function":{"name":"now","arguments":"{"}}]}""",
            """{"tool_calls":[{"index":0,"function":{"arguments":"\"b\":[\"é\"]}"}},{"index":1,"function":{"arguments":"}"}}]}"""
        );

    /// <summary>An answer of one choice out of its deltas; the last event has finish reason and usage.</summary>
    public static string Events(params string[] deltas)
    {
        var text = new StringBuilder();
        foreach (string delta in deltas)
            text.Append($"data: {Chunk(delta, "null")}\n\n");
        string last = Chunk("{}", "\"tool_calls\"");
        string usage = Usage.Trim();
        text.Append($"data: {last[..^1]},\"usage\":{usage},\"x_groq\":{{\"id\":\"req_1\",\"usage\":{usage}}}}}\n\n");
        text.Append(
            $"data: {{\"id\":\"chatcmpl-1\",\"created\":1790000000,\"model\":\"openai/gpt-oss-20b\",\"choices\":[],\"usage\":{usage}}}\n\n"
        );
        return text.Append("data: [DONE]\n\n").ToString();
    }

    public static ScriptedAnswer AsStream(string events) => ScriptedAnswer.Stream(ScriptedStream.Empty.Raw(events));

    /// <summary>Everything in an answer that a reader can see, one line each.</summary>
    public static string[] Lines(ChatResponse answer) =>
        [
            $"{answer.ResponseId} {answer.ModelId} {answer.FinishReason} {answer.CreatedAt:O} {answer.ConversationId}",
            $"{answer.Usage?.InputTokenCount} {answer.Usage?.OutputTokenCount} {answer.Usage?.TotalTokenCount} {answer.Usage?.CachedInputTokenCount} {answer.Usage?.ReasoningTokenCount}",
            .. answer.Messages.Select(message => $"{message.Role} {message.MessageId} {message.CreatedAt:O}"),
            .. answer.Messages.SelectMany(message => message.Contents).Select(Line).Where(line => line != "text "),
            .. answer
                .Messages.SelectMany(message => message.Contents)
                .SelectMany(content => content.Annotations ?? [])
                .OfType<CitationAnnotation>()
                .Select(citation =>
                    $"citation {citation.FileId} {citation.AnnotatedRegions!.OfType<TextSpanAnnotatedRegion>().Single().EndIndex}"
                ),
        ];

    private static string Line(AIContent content) =>
        content switch
        {
            TextContent text => $"text {text.Text}",
            TextReasoningContent thinking => $"thinking {thinking.Text}",
            FunctionCallContent call =>
                $"call {call.CallId} {call.Name} {string.Join(',', call.Arguments!.Select(argument => $"{argument.Key}={JsonSerializer.Serialize(argument.Value)}"))}",
            WebSearchToolCallContent search => $"search {search.CallId} {string.Join(',', search.Queries!)}",
            WebSearchToolResultContent found => $"found {found.CallId} {string.Join(',', found.Outputs!)}",
            _ => content.GetType().Name,
        };

    private static string Chunk(string delta, string finishReason) =>
        $$"""{"id":"chatcmpl-1","object":"chat.completion.chunk","created":1790000000,"model":"openai/gpt-oss-20b","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finishReason}}}]}""";
}
