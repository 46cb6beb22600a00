using System.Text.Json;
using GroqKit.Chat;
using Microsoft.Extensions.AI;

namespace GroqKit.Extensions.Tests.AI.Chat;

[Requirement("CL-28")]
public sealed class ChatOptionsTests
{
    private const string Tool =
        """{"type":"function","function":{"name":"add","description":"Adds.","parameters":{"type":"object","properties":{"a":{"type":"integer","minimum":1}}}}}""";

    private const string Schema = """{"type":"object","properties":{"a":{"type":"integer"}}}""";

    /// <summary>Every field, set alone, and what it adds to the body. Null: it fails.</summary>
    private static readonly Dictionary<string, (ChatOptions Options, string? Fields)> Fields = new()
    {
        [nameof(ChatOptions.ConversationId)] = (new() { ConversationId = "c1" }, ""),
        [nameof(ChatOptions.Temperature)] = (new() { Temperature = 0.7f }, "\"temperature\":0.7"),
        [nameof(ChatOptions.MaxOutputTokens)] = (new() { MaxOutputTokens = 9 }, "\"max_completion_tokens\":9"),
        [nameof(ChatOptions.TopP)] = (new() { TopP = 0.1f }, "\"top_p\":0.1"),
        [nameof(ChatOptions.TopK)] = (new() { TopK = 3 }, ""),
        [nameof(ChatOptions.FrequencyPenalty)] = (new() { FrequencyPenalty = -0.3f }, "\"frequency_penalty\":-0.3"),
        [nameof(ChatOptions.PresencePenalty)] = (new() { PresencePenalty = 1.1f }, "\"presence_penalty\":1.1"),
        [nameof(ChatOptions.Seed)] = (new() { Seed = 42 }, "\"seed\":42"),
        [nameof(ChatOptions.Reasoning)] = (
            new()
            {
                Reasoning = new() { Effort = ReasoningEffort.ExtraHigh, Output = ReasoningOutput.None },
            },
            "\"reasoning_effort\":\"high\",\"include_reasoning\":false"
        ),
        [nameof(ChatOptions.ResponseFormat)] = (
            new() { ResponseFormat = ChatResponseFormat.Json },
            "\"response_format\":{\"type\":\"json_object\"}"
        ),
        [nameof(ChatOptions.StopSequences)] = (new() { StopSequences = ["a", "b"] }, "\"stop\":[\"a\",\"b\"]"),
        [nameof(ChatOptions.Tools)] = (new() { Tools = [Tools.Add] }, $"\"tools\":[{Tool}]"),
        [nameof(ChatOptions.AllowMultipleToolCalls)] = (new() { AllowMultipleToolCalls = false }, ""),
        [nameof(ChatOptions.ToolMode)] = (new() { ToolMode = ChatToolMode.RequireAny }, ""),
        [nameof(ChatOptions.AllowBackgroundResponses)] = (new() { AllowBackgroundResponses = true }, ""),
        [nameof(ChatOptions.ContinuationToken)] = (
            new() { ContinuationToken = ResponseContinuationToken.FromBytes(new byte[] { 1 }) },
            null
        ),
        [nameof(ChatOptions.RawRepresentationFactory)] = (
            new()
            {
                RawRepresentationFactory = _ => new ChatRequest
                {
                    Model = "",
                    Messages = [],
                    User = "u",
                },
            },
            "\"user\":\"u\""
        ),
        [nameof(ChatOptions.AdditionalProperties)] = (
            new()
            {
                AdditionalProperties = new()
                {
                    ["service_tier"] = "flex",
                    ["top_logprobs"] = 2,
                    ["logprobs"] = true,
                    ["note"] = "another part's",
                },
            },
            "\"service_tier\":\"flex\",\"logprobs\":true,\"top_logprobs\":2"
        ),
    };

    public static TheoryData<string> Names => [.. Fields.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_field_is_sent_or_left_out_or_fails(string field)
    {
        var (options, fields) = Fields[field];

        if (fields is null)
            (await Should.ThrowAsync<NotSupportedException>(() => Golden.BodyAsync(options))).Message.ShouldContain(
                field
            );
        else
            (await Golden.BodyAsync(options)).ShouldBe(Golden.With(fields));
    }

    [Fact]
    public void Every_field_has_its_case() =>
        typeof(ChatOptions)
            .GetProperties()
            .Select(property => property.Name)
            .Except([nameof(ChatOptions.ModelId), nameof(ChatOptions.Instructions)])
            .ShouldBe(Fields.Keys, ignoreOrder: true);

    [Fact]
    public async Task Nothing_set_sends_model_and_messages_alone()
    {
        (await Golden.BodyAsync(null)).ShouldBe(Golden.With(""));
        (await Golden.BodyAsync(new ChatOptions())).ShouldBe(Golden.With(""));
    }

    [Fact]
    public async Task A_call_may_name_another_model_and_instructions() =>
        (await Golden.BodyAsync(new() { ModelId = "qwen/qwen3.8-27b", Instructions = "Be brief." })).ShouldBe(
            $$"""{"model":"qwen/qwen3.8-27b","messages":[{"role":"system","content":"Be brief."},{{Golden.Hi}}]}"""
        );

    [Fact]
    public async Task All_fields_together_are_one_body() =>
        (
            await Golden.BodyAsync(
                new()
                {
                    ConversationId = "c1",
                    Instructions = "Be brief.",
                    ModelId = "openai/gpt-oss-20b",
                    Temperature = 0.7f,
                    MaxOutputTokens = 9,
                    TopP = 0.1f,
                    TopK = 3,
                    FrequencyPenalty = -0.3f,
                    PresencePenalty = 1.1f,
                    Seed = 42,
                    Reasoning = new() { Effort = ReasoningEffort.Low, Output = ReasoningOutput.Full },
                    ResponseFormat = ChatResponseFormat.Text,
                    StopSequences = ["a"],
                    Tools = [Tools.Add],
                    AllowMultipleToolCalls = true,
                    ToolMode = ChatToolMode.RequireSpecific("add"),
                    AllowBackgroundResponses = false,
                    AdditionalProperties = new() { ["user"] = "u" },
                    RawRepresentationFactory = _ => new ChatRequest
                    {
                        Model = "",
                        Messages = [],
                        ServiceTier = ServiceTier.Flex,
                    },
                }
            )
        ).ShouldBe(
            $$$"""
            {"model":"openai/gpt-oss-20b","messages":[{"role":"system","content":"Be brief."},{{{Golden.Hi}}}],"max_completion_tokens":9,"temperature":0.7,"top_p":0.1,"stop":["a"],"seed":42,"tools":[{{{Tool}}}],"tool_choice":{"type":"function","function":{"name":"add"}},"parallel_tool_calls":true,"response_format":{"type":"text"},"reasoning_effort":"low","include_reasoning":true,"service_tier":"flex","user":"u","frequency_penalty":-0.3,"presence_penalty":1.1}
            """
        );

    [Theory]
    [InlineData(
        "qwen/qwen3.8-27b",
        ReasoningEffort.None,
        "\"reasoning_effort\":\"none\",\"reasoning_format\":\"parsed\""
    )]
    [InlineData(
        "qwen/qwen3.8-27b",
        ReasoningEffort.High,
        "\"reasoning_effort\":\"high\",\"reasoning_format\":\"parsed\""
    )]
    [InlineData(
        "qwen/qwen3-32b",
        ReasoningEffort.Low,
        "\"reasoning_effort\":\"default\",\"reasoning_format\":\"parsed\""
    )]
    [InlineData("openai/gpt-oss-20b", ReasoningEffort.None, "\"reasoning_effort\":\"low\",\"include_reasoning\":true")]
    [InlineData("llama-3.3-70b-versatile", ReasoningEffort.High, "")]
    public async Task Thinking_is_asked_for_in_the_words_of_the_family(
        string model,
        ReasoningEffort effort,
        string fields
    ) =>
        (
            await Golden.BodyAsync(
                new()
                {
                    Reasoning = new() { Effort = effort, Output = ReasoningOutput.Summary },
                },
                model
            )
        ).ShouldBe(Golden.With(fields, model));

    [Theory]
    [InlineData(null, """{"type":"json_schema","json_schema":{"name":"json_schema","schema":SCHEMA}}""")]
    [InlineData("List<Thing>", """{"type":"json_schema","json_schema":{"name":"List_Thing_","schema":SCHEMA}}""")]
    public async Task A_schema_is_sent_as_it_is(string? name, string format) =>
        (
            await Golden.BodyAsync(new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Parse(Schema), name) })
        ).ShouldBe(Golden.With($"\"response_format\":{format.Replace("SCHEMA", Schema)}"));

    [Fact]
    public async Task A_strict_schema_follows_the_rules_of_strict_decoding() =>
        (
            await Golden.BodyAsync(
                new()
                {
                    ResponseFormat = ChatResponseFormat.ForJsonSchema(
                        Parse("""{"type":"object","properties":{"a":{"type":"integer","minimum":1,"default":3}}}"""),
                        "x",
                        "An x."
                    ),
                    AdditionalProperties = new() { ["strict"] = true },
                }
            )
        ).ShouldBe(
            Golden.With(
                """
                "response_format":{"type":"json_schema","json_schema":{"name":"x","description":"An x.","schema":{"type":"object","properties":{"a":{"type":"integer","description":"default: 3, minimum: 1"}},"additionalProperties":false,"required":["a"]},"strict":true}}
                """
            )
        );

    [Fact]
    public async Task With_tools_a_format_is_said_in_words_because_Groq_refuses_both() =>
        (
            await Golden.BodyAsync(
                new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Parse(Schema)), Tools = [Tools.Add] }
            )
        ).ShouldBe(
            $$"""
            {"model":"openai/gpt-oss-120b","messages":[{"role":"system","content":"Unless you call a tool, answer with nothing but JSON that follows this schema: {{Schema.Replace(
                "\"",
                "\\\""
            )}}"},{{Golden.Hi}}],"tools":[{{Tool}}]}
            """
        );

    [Fact]
    public async Task Tools_that_must_not_be_called_give_way_to_a_format() =>
        (
            await Golden.BodyAsync(
                new()
                {
                    ResponseFormat = ChatResponseFormat.Json,
                    Tools = [Tools.Add],
                    ToolMode = ChatToolMode.None,
                }
            )
        ).ShouldBe(Golden.With("\"response_format\":{\"type\":\"json_object\"}"));

    [Fact]
    public async Task A_model_without_schemas_gets_JSON_mode_and_the_schema_in_words()
    {
        string body = await Golden.BodyAsync(
            new() { ResponseFormat = ChatResponseFormat.ForJsonSchema(Parse(Schema)) },
            "llama-3.3-70b-versatile"
        );

        body.ShouldContain("\"response_format\":{\"type\":\"json_object\"}");
        body.ShouldContain("Answer with nothing but JSON that follows this schema");
    }

    [Fact]
    public async Task The_callers_own_request_wins_field_by_field()
    {
        int calls = 0;
        IChatClient? asked = null;
        var options = new ChatOptions
        {
            Temperature = 0.1f,
            TopP = 0.2f,
            MaxOutputTokens = 5,
            Reasoning = new() { Output = ReasoningOutput.None },
            Tools = [Tools.Add],
            AdditionalProperties = new() { ["user"] = "bag", ["service_tier"] = "flex" },
            RawRepresentationFactory = client =>
            {
                calls++;
                asked = client;
                return new ChatRequest
                {
                    Model = "own/model",
                    Messages = [],
                    Temperature = 2,
                    MaxTokens = 7,
                    ReasoningFormat = ReasoningFormat.Raw,
                    User = "own",
                    Tools = [ChatTool.BrowserSearch],
                };
            },
        };

        string body = await Golden.BodyAsync(options, null);

        body.ShouldBe(
            Golden.With(
                $"\"max_tokens\":7,\"temperature\":2,\"top_p\":0.2,\"tools\":[{{\"type\":\"browser_search\"}},{Tool}],\"reasoning_format\":\"raw\",\"service_tier\":\"flex\",\"user\":\"own\"",
                "own/model"
            )
        );
        calls.ShouldBe(1);
        asked!.GetService(typeof(GroqClient)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("foreign")]
    public async Task A_foreign_request_object_is_passed_over(string? foreign) =>
        (await Golden.BodyAsync(new() { RawRepresentationFactory = _ => foreign })).ShouldBe(Golden.With(""));

    [Fact]
    public async Task An_unknown_property_is_sent_only_when_that_is_wished() =>
        (
            await Golden.BodyAsync(
                new()
                {
                    AdditionalProperties = new() { ["brand_new"] = new[] { 1, 2 }, ["strict"] = true },
                },
                settings: new() { SendUnknownProperties = true }
            )
        ).ShouldBe(Golden.With("\"brand_new\":[1,2]"));

    [Fact]
    public async Task A_property_of_the_wrong_kind_is_named_and_nothing_is_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();

        GroqValidationException error = await Should.ThrowAsync<GroqValidationException>(() =>
            groq.AsIChatClient("m")
                .GetResponseAsync("hi", new() { AdditionalProperties = new() { ["logprobs"] = "yes" } })
        );

        error.Parameter.ShouldBe("logprobs");
        handler.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Typed_values_of_the_library_may_stand_among_additional_properties() =>
        (
            await Golden.BodyAsync(
                new()
                {
                    AdditionalProperties = new()
                    {
                        ["search_settings"] = new SearchSettings { Country = "france" },
                        ["citation_options"] = CitationMode.Disabled,
                        ["stream_options"] = new Dictionary<string, object?> { ["include_usage"] = true },
                    },
                }
            )
        ).ShouldBe(Golden.With("\"search_settings\":{\"country\":\"france\"},\"citation_options\":\"disabled\""));

    [Fact]
    public async Task Without_any_model_nothing_is_sent()
    {
        var handler = new ScriptedHandler();
        using GroqClient groq = handler.CreateClient();
        IChatClient chat = groq.AsIChatClient();

        (await Should.ThrowAsync<GroqValidationException>(() => chat.GetResponseAsync("hi"))).Parameter.ShouldBe(
            "model"
        );
        Should.Throw<GroqValidationException>(() => chat.GetStreamingResponseAsync("hi")).Parameter.ShouldBe("model");
        Should.Throw<ArgumentNullException>(() => chat.GetStreamingResponseAsync((IEnumerable<ChatMessage>)null!));
        handler.Calls.ShouldBe(0);
    }

    private static JsonElement Parse(string json) => JsonElement.Parse(json);
}
