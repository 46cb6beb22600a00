using System.Text.Json;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

/// <summary>Requests that together use every feature of the request model. Each is valid and must be accepted by the API's contract.</summary>
public static class ChatRequestSamples
{
    private const string Model = "openai/gpt-oss-120b";

    private const string Schema = """
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}
        """;

    public static IEnumerable<(string Name, ChatRequest Request)> All()
    {
        yield return ("text", Base());
        foreach (var sample in Messages())
            yield return sample;
        foreach (var sample in Sampling())
            yield return sample;
        foreach (var sample in Tools())
            yield return sample;
        foreach (var sample in Output())
            yield return sample;
        foreach (var sample in GroqOnly())
            yield return sample;
    }

    public static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static ChatRequest Base(params ChatMessage[] messages) =>
        new() { Model = Model, Messages = messages.Length == 0 ? ["hello"] : messages };

    private static IEnumerable<(string Name, ChatRequest Request)> Messages()
    {
        yield return (
            "system and developer",
            Base(ChatMessage.System("be brief"), ChatMessage.Developer("be kind"), "hi")
        );
        yield return (
            "text parts",
            Base(ChatMessage.System(new[] { ContentPart.FromText("a"), ContentPart.FromText("b") }), "hi")
        );
        yield return (
            "image by address",
            Base(
                ChatMessage.User("what is it?", ContentPart.FromImageUrl("https://example.com/a.png", ImageDetail.Low))
            )
        );
        yield return (
            "image inline",
            Base(ChatMessage.User(ContentPart.FromImage([1, 2, 3], "image/png", ImageDetail.High), "what is it?"))
        );
        yield return (
            "document part",
            Base(ChatMessage.User(ContentPart.FromDocument(Json("""{"title":"T","n":1}"""), "d1"), "sum it up"))
        );
        yield return (
            "tool round trip",
            Base(
                "weather?",
                ChatMessage.Assistant(null, ToolCall.Create("call_1", "get_weather", """{"city":"Oslo"}""")),
                ChatMessage.Tool("call_1", """{"c":21}""")
            ) with
            {
                Tools = [ChatTool.ForFunction("get_weather", "Weather of a city", Schema)],
            }
        );
        yield return (
            "tool result in parts",
            Base(
                "weather?",
                ChatMessage.Assistant("let me see", ToolCall.Create("call_1", "f", "{}")),
                ChatMessage.Tool("call_1", new[] { ContentPart.FromText("21 C") })
            )
        );
        yield return ("assistant prefill", Base("one word", ChatMessage.Assistant("It is ")));
        yield return (
            "assistant thinking",
            Base("hi", ChatMessage.Assistant("hello") with { Reasoning = "A greeting." }, "and you?")
        );
        yield return ("speaker's name", Base(ChatMessage.User("hi") with { Name = "ann" }));
        yield return (
            "deprecated function messages",
            Base(
                "weather?",
                new ChatMessage
                {
                    Role = ChatRole.Assistant,
                    FunctionCall = new FunctionCall { Name = "f", Arguments = "{}" },
                },
                new ChatMessage
                {
                    Role = ChatRole.Function,
                    Name = "f",
                    Content = "21 C",
                }
            )
        );
        yield return (
            "answer sent back",
            Base(
                "hi",
                new AssistantMessage
                {
                    Content = "hello",
                    Reasoning = "r",
                    ExecutedTools = [new ExecutedTool { Type = "python" }],
                },
                "more"
            )
        );
    }

    private static IEnumerable<(string Name, ChatRequest Request)> Sampling()
    {
        yield return (
            "sampling",
            Base() with
            {
                Temperature = 0.2,
                TopP = 0.9,
                N = 1,
                Seed = 42,
                Stop = ["\n", "END"],
                MaxCompletionTokens = 256,
                User = "user-1",
            }
        );
        yield return ("max tokens", Base() with { MaxTokens = 5 });
        yield return (
            "accepted but not honoured",
            Base() with
            {
                FrequencyPenalty = -2,
                PresencePenalty = 2,
                LogitBias = new Dictionary<string, int> { ["50256"] = -100 },
                Logprobs = true,
                TopLogprobs = 20,
                Metadata = new Dictionary<string, string> { ["team"] = "blue" },
                Store = false,
            }
        );
    }

    private static IEnumerable<(string Name, ChatRequest Request)> Tools()
    {
        ChatTool weather = ChatTool.ForFunction("get_weather", "Weather of a city", Schema, strict: true);
        yield return (
            "function tools",
            Base() with
            {
                Tools = [weather, ChatTool.ForFunction("now")],
                ToolChoice = ToolChoice.Auto,
                ParallelToolCalls = false,
                DisableToolValidation = true,
            }
        );
        yield return ("no tool", Base() with { Tools = [weather], ToolChoice = ToolChoice.None });
        yield return ("some tool", Base() with { Tools = [weather], ToolChoice = ToolChoice.Required });
        yield return (
            "one tool",
            Base() with
            {
                Tools = [weather],
                ToolChoice = ToolChoice.ForFunction("get_weather"),
            }
        );
        yield return ("tools run by Groq", Base() with { Tools = [ChatTool.BrowserSearch, ChatTool.CodeInterpreter] });
        yield return (
            "remote MCP server",
            Base() with
            {
                Tools =
                [
                    ChatTool.Mcp("docs", "https://mcp.example.com/sse") with
                    {
                        ServerDescription = "Documents",
                        Headers = new Dictionary<string, string> { ["x-api-key"] = "k" },
                        RequireApproval = ToolApproval.Never,
                        AllowedTools = ["search"],
                    },
                ],
            }
        );
        yield return (
            "connector",
            Base() with
            {
                Tools = [ChatTool.Connector("mail", ConnectorId.Gmail, "ya29.token")],
            }
        );
        yield return (
            "deprecated functions",
            Base() with
            {
                Functions = [new FunctionDefinition { Name = "f", Parameters = Json(Schema) }],
                FunctionCall = FunctionCallChoice.ForFunction("f"),
            }
        );
        yield return (
            "deprecated function choice",
            Base() with
            {
                Functions = [new FunctionDefinition { Name = "f" }],
                FunctionCall = FunctionCallChoice.Auto,
            }
        );
    }

    private static IEnumerable<(string Name, ChatRequest Request)> Output()
    {
        yield return ("text format", Base() with { ResponseFormat = ResponseFormat.Text });
        yield return ("JSON mode", Base("Answer in JSON.") with { ResponseFormat = ResponseFormat.JsonObject });
        yield return (
            "JSON schema",
            Base() with
            {
                ResponseFormat = ResponseFormat.ForSchema("city", Schema, strict: true, description: "A city"),
            }
        );
        foreach (ReasoningEffort effort in ReasoningEffort.Known.ToArray())
            yield return ($"effort {effort}", Base() with { ReasoningEffort = effort });
        foreach (ReasoningFormat format in ReasoningFormat.Known.ToArray())
            yield return ($"thinking {format}", Base() with { ReasoningFormat = format });
        yield return ("thinking left out", Base() with { IncludeReasoning = false });
        yield return ("usage in the stream", Base() with { StreamOptions = new StreamOptions { IncludeUsage = true } });
    }

    private static IEnumerable<(string Name, ChatRequest Request)> GroqOnly()
    {
        foreach (ServiceTier tier in ServiceTier.Known.ToArray())
            yield return ($"tier {tier}", Base() with { ServiceTier = tier });
        yield return (
            "search settings",
            Base() with
            {
                SearchSettings = new SearchSettings
                {
                    IncludeDomains = ["*.wikipedia.org"],
                    ExcludeDomains = ["example.com"],
                    IncludeImages = true,
                    Country = "norway",
                },
            }
        );
        yield return ("deprecated domains", Base() with { IncludeDomains = ["a.com"], ExcludeDomains = ["b.com"] });
        yield return (
            "compound",
            Base() with
            {
                Model = "groq/compound",
                CompoundCustom = new CompoundCustom
                {
                    Models = new CompoundModels { ReasoningModel = Model, AnsweringModel = "openai/gpt-oss-20b" },
                    Tools = new CompoundTools
                    {
                        EnabledTools = ["web_search", "wolfram_alpha"],
                        WolframSettings = new WolframSettings { Authorization = "wolfram-key" },
                    },
                },
            }
        );
        yield return (
            "documents",
            Base() with
            {
                Documents = [ChatDocument.FromText("text", "d1"), ChatDocument.FromJson(Json("""{"a":1}"""))],
                CitationOptions = CitationMode.Enabled,
            }
        );
        yield return ("no citations", Base() with { CitationOptions = CitationMode.Disabled });
    }
}
