using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using System.Text.Json;
using GroqKit.EndToEnd.Running;
using GroqKit.TestKit.Contract;
using OpenAI;
using OpenAI.Chat;
using OpenAI.Models;

namespace GroqKit.EndToEnd.Clients;

/// <summary>The official OpenAI package, unmodified, against the gateway.</summary>
[Requirement("GW-02", "SM-01")]
public sealed class OpenAiClientTests(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private const string Model = "openai/gpt-oss-120b";

    private const string WeatherSchema = """
        {"type":"object","properties":{"city":{"type":"string"}},"required":["city"],"additionalProperties":false}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1")]
    [InlineData("/openai/v1")]
    public async Task A_whole_answer_arrives_on_both_prefixes(string prefix)
    {
        ChatClient chat = Connect(prefix: prefix).GetChatClient(Model);

        ChatCompletion answer = await chat.CompleteChatAsync(
            [new UserChatMessage("Why is the sky blue?")],
            null,
            Cancelled
        );

        answer.Content.ShouldHaveSingleItem().Text.ShouldContain("sky");
        answer.FinishReason.ShouldBe(ChatFinishReason.Stop);
        answer.Usage.TotalTokenCount.ShouldBe(answer.Usage.InputTokenCount + answer.Usage.OutputTokenCount);
        answer.Usage.OutputTokenDetails.ReasoningTokenCount.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_streamed_answer_is_the_whole_answer_in_pieces_with_its_usage()
    {
        ChatClient chat = Connect().GetChatClient(Model);
        ChatMessage[] messages =
        [
            new SystemChatMessage("Be brief."),
            new UserChatMessage("Name three rivers — in Österreich 🏞."),
        ];
        var text = new StringBuilder();
        ChatFinishReason? finish = null;
        ChatTokenUsage? usage = null;
        int pieces = 0;

        await foreach (
            StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync(messages, null, Cancelled)
        )
        {
            pieces += update.ContentUpdate.Count;
            text.AppendJoin("", update.ContentUpdate.Select(part => part.Text));
            finish = update.FinishReason ?? finish;
            usage = update.Usage ?? usage;
        }

        ChatCompletion whole = await chat.CompleteChatAsync(messages, null, Cancelled);
        text.ToString().ShouldBe(whole.Content[0].Text);
        pieces.ShouldBeGreaterThan(10);
        finish.ShouldBe(ChatFinishReason.Stop);
        usage.ShouldNotBeNull().TotalTokenCount.ShouldBe(whole.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task A_tool_call_makes_its_round_trip()
    {
        ChatClient chat = Connect().GetChatClient(Model);
        List<ChatMessage> messages = [new UserChatMessage("What is the weather in Oslo?")];
        var options = new ChatCompletionOptions { Tools = { Weather() } };

        ChatCompletion first = await chat.CompleteChatAsync(messages, options, Cancelled);

        first.FinishReason.ShouldBe(ChatFinishReason.ToolCalls);
        ChatToolCall call = first.ToolCalls.ShouldHaveSingleItem();
        call.FunctionName.ShouldBe("get_weather");
        using (JsonDocument arguments = JsonDocument.Parse(call.FunctionArguments))
            arguments.RootElement.GetProperty("city").GetString().ShouldBe("Oslo");
        messages.Add(new AssistantChatMessage(first));
        messages.Add(new ToolChatMessage(call.Id, "21 degrees and clear"));
        ChatCompletion second = await chat.CompleteChatAsync(messages, options, Cancelled);
        second.FinishReason.ShouldBe(ChatFinishReason.Stop);
        second.Content[0].Text.ShouldContain("21 degrees and clear");
    }

    [Fact]
    public async Task A_tool_call_arrives_in_a_stream()
    {
        ChatClient chat = Connect().GetChatClient(Model);
        var options = new ChatCompletionOptions
        {
            Tools = { Weather() },
            ToolChoice = ChatToolChoice.CreateRequiredChoice(),
        };
        var arguments = new StringBuilder();
        string? name = null;

        await foreach (
            StreamingChatCompletionUpdate update in chat.CompleteChatStreamingAsync(
                [new UserChatMessage("Oslo, please.")],
                options,
                Cancelled
            )
        )
        {
            foreach (StreamingChatToolCallUpdate call in update.ToolCallUpdates)
            {
                name = call.FunctionName ?? name;
                arguments.Append(call.FunctionArgumentsUpdate);
            }
        }

        name.ShouldBe("get_weather");
        ErrorsOf(WeatherSchema, arguments.ToString()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_schema_is_answered_in_its_form()
    {
        const string Schema = """
            {
              "type": "object",
              "properties": {
                "title": { "type": "string" },
                "year": { "type": ["integer", "null"] },
                "tags": { "type": "array", "items": { "enum": ["river", "lake"] } }
              },
              "required": ["title", "year", "tags"],
              "additionalProperties": false
            }
            """;
        ChatClient chat = Connect().GetChatClient(Model);
        var options = new ChatCompletionOptions
        {
            ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat(
                "water",
                BinaryData.FromString(Schema),
                jsonSchemaIsStrict: true
            ),
        };

        ChatCompletion answer = await chat.CompleteChatAsync([new UserChatMessage("The Danube.")], options, Cancelled);

        ErrorsOf(Schema, answer.Content[0].Text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("nobody/nothing", GatewayFixture.Key, 404, "model_not_found")]
    [InlineData(Model, "wrong", 401, "invalid_api_key")]
    [InlineData("sim/429", GatewayFixture.Key, 429, "rate_limit_exceeded")]
    [InlineData("sim/503", GatewayFixture.Key, 503, "over capacity")]
    public async Task An_error_is_typed_and_says_why(string model, string key, int status, string reason)
    {
        ChatClient chat = Connect(key).GetChatClient(model);

        ClientResultException failure = await Should.ThrowAsync<ClientResultException>(() =>
            chat.CompleteChatAsync([new UserChatMessage("hello")], null, Cancelled)
        );

        failure.Status.ShouldBe(status);
        failure.Message.ShouldContain(reason);
        failure.GetRawResponse()!.Headers.TryGetValue("x-request-id", out string? id).ShouldBeTrue();
        id.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task Models_are_listed_and_found()
    {
        OpenAIModelClient models = Connect().GetOpenAIModelClient();

        OpenAIModelCollection all = await models.GetModelsAsync(Cancelled);
        OpenAIModel one = await models.GetModelAsync(Model, Cancelled);

        all.ShouldContain(model => model.Id == Model);
        one.Id.ShouldBe(Model);
    }

    private static IReadOnlyList<SchemaError> ErrorsOf(string schema, string value)
    {
        using JsonDocument rules = JsonDocument.Parse(schema);
        using JsonDocument document = JsonDocument.Parse(value);
        return [.. JsonSchemaValidator.Validate(rules.RootElement, document.RootElement)];
    }

    private static ChatTool Weather() =>
        ChatTool.CreateFunctionTool("get_weather", "The weather of a city", BinaryData.FromString(WeatherSchema));

    private OpenAIClient Connect(string key = GatewayFixture.Key, string prefix = "/v1") =>
        new(
            new ApiKeyCredential(key),
            new OpenAIClientOptions
            {
                Endpoint = new Uri(gateway.Address, prefix),
                RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            }
        );
}
