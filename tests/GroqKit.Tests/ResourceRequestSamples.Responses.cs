using GroqKit.Chat;
using GroqKit.Responses;

namespace GroqKit.Tests;

/// <content>Responses.</content>
public static partial class ResourceRequestSamples
{
    private const string Schema = """{"type":"object","properties":{"a":{"type":"string"}}}""";

    private static IEnumerable<ResourceRequestSample> Responded()
    {
        yield return Response("a text", """{"model":"m","input":"hi"}""", new() { Model = "m", Input = "hi" });
        yield return new(
            "response: streamed",
            "POST",
            "/openai/v1/responses",
            """{"model":"m","input":"hi","stream":true}""",
            async client =>
                await (await client.Responses.StreamAsync(new() { Model = "m", Input = "hi" })).DisposeAsync()
        );
        yield return Response(
            "every parameter",
            $$$"""
            {"model":"m","input":"hi","instructions":"be brief","max_output_tokens":9,"temperature":0.5,"top_p":1,
            "tools":[{"type":"function","name":"f","description":"d","parameters":{{{Schema}}},"strict":true}],
            "tool_choice":{"type":"function","function":{"name":"f"}},"parallel_tool_calls":false,
            "text":{"format":{"type":"json_schema","name":"s","schema":{{{Schema}}},"strict":true}},"reasoning":{"effort":"low"},
            "metadata":{"a":"b"},"service_tier":"flex","store":false,"truncation":"disabled","user":"u"}
            """,
            new()
            {
                Model = "m",
                Input = "hi",
                Instructions = "be brief",
                MaxOutputTokens = 9,
                Temperature = 0.5,
                TopP = 1,
                Tools = [ResponseTool.FromFunction("f", "d", Json(Schema), strict: true)],
                ToolChoice = ToolChoice.ForFunction("f"),
                ParallelToolCalls = false,
                Text = ResponseText.FromSchema("s", Json(Schema), strict: true),
                Reasoning = new() { Effort = ReasoningEffort.Low },
                Metadata = new Dictionary<string, string> { ["a"] = "b" },
                ServiceTier = ResponseServiceTier.Flex,
                Store = false,
                Truncation = ResponseTruncation.Disabled,
                User = "u",
            }
        );
        yield return Response(
            "messages of every role",
            """
            {"model":"m","input":[{"role":"system","content":"s"},{"role":"developer","content":[{"type":"input_text","text":"d"}]},
            {"role":"user","content":"u"},{"role":"assistant","content":"a"}],"text":{"format":{"type":"json_object"}}}
            """,
            new()
            {
                Model = "m",
                Input = new[]
                {
                    ResponseItem.System("s"),
                    ResponseItem.Developer(new ResponsePart[] { "d" }),
                    "u",
                    ResponseItem.Assistant("a"),
                },
                Text = ResponseText.JsonObject(),
            },
            // The contract asks every item for a type, although its own plain message has none.
            isDocumented: false
        );
        yield return Response(
            "a call and its result",
            """
            {"model":"m","input":[{"role":"user","content":"u"},{"type":"function_call","id":"fc_1","status":"completed","call_id":"c","name":"f",
            "arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"21"}]}
            """,
            new()
            {
                Model = "m",
                Input = new[]
                {
                    "u",
                    new ResponseItem
                    {
                        Type = ResponseItemType.FunctionCall,
                        Id = "fc_1",
                        Status = ResponseStatus.Completed,
                        CallId = "c",
                        Name = "f",
                        Arguments = "{}",
                    },
                    ResponseItem.FunctionOutput("c", "21"),
                },
            },
            isDocumented: false
        );
        yield return Response(
            "an image, consent, and tools that run elsewhere",
            """
            {"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"https://example.com/a.png","detail":"low"}]},
            {"type":"mcp_approval_response","approval_request_id":"req_1","approve":true}],
            "tools":[{"type":"browser_search"},{"type":"code_interpreter","container":{"type":"auto"}},
            {"type":"mcp","server_label":"l","server_url":"https://example.com/mcp"}]}
            """,
            new()
            {
                Model = "m",
                Input = new[]
                {
                    ResponseItem.User(
                        new[] { ResponsePart.FromImageUrl("https://example.com/a.png", ImageDetail.Low) }
                    ),
                    ResponseItem.Approval("req_1", approve: true),
                },
                Tools =
                [
                    ResponseTool.BrowserSearch,
                    ResponseTool.CodeInterpreter,
                    ResponseTool.FromMcpServer("l", "https://example.com/mcp"),
                ],
            },
            isDocumented: false
        );
    }

    private static ResourceRequestSample Response(
        string name,
        string json,
        ResponseRequest request,
        bool isDocumented = true
    ) =>
        new(
            $"response: {name}",
            "POST",
            "/openai/v1/responses",
            json,
            client => client.Responses.CreateAsync(request),
            isDocumented
        );
}
