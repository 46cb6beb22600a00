using System.Text.Json;
using GroqKit.Chat;
using GroqKit.Json;

namespace GroqKit.Tests.Chat;

[Requirement("CL-10", "CL-22")]
public sealed class ChatRequestBuilderTests
{
    [Fact]
    public void A_chain_writes_what_an_initializer_writes()
    {
        Tool square = Tool.From((int number) => number * number, "square", "Squares a number");

        ChatRequest chained = ChatRequest
            .For("openai/gpt-oss-20b")
            .System("Be brief.")
            .User("hello")
            .Assistant("Hi.")
            .User("Look:", ContentPart.FromImageUrl("https://example.com/a.png"))
            .Temperature(0.5)
            .TopP(0.9)
            .MaxCompletionTokens(100)
            .Stop("END")
            .Seed(7)
            .Tools(square.Definition)
            .ToolChoice(ToolChoice.Auto)
            .Reasoning(ReasoningEffort.Low)
            .ServiceTier(ServiceTier.Flex)
            .With(request => request with { User = "u1" })
            .Build();

        Write(chained)
            .ShouldBe(
                Write(
                    new ChatRequest
                    {
                        Model = "openai/gpt-oss-20b",
                        Messages =
                        [
                            ChatMessage.System("Be brief."),
                            "hello",
                            ChatMessage.Assistant("Hi."),
                            ChatMessage.User("Look:", ContentPart.FromImageUrl("https://example.com/a.png")),
                        ],
                        Temperature = 0.5,
                        TopP = 0.9,
                        MaxCompletionTokens = 100,
                        Stop = ["END"],
                        Seed = 7,
                        Tools = [square.Definition],
                        ToolChoice = ToolChoice.Auto,
                        ReasoningEffort = ReasoningEffort.Low,
                        ServiceTier = ServiceTier.Flex,
                        User = "u1",
                    }
                )
            );
    }

    [Fact]
    public void A_format_is_set_like_the_rest() =>
        ChatRequest
            .For("m")
            .User("a list, as JSON")
            .Format(ResponseFormat.JsonObject)
            .Build()
            .ResponseFormat.ShouldBe(ResponseFormat.JsonObject);

    [Fact]
    public void A_beginning_may_be_shared()
    {
        ChatRequestBuilder start = ChatRequest.For("m").System("Be brief.").Tools();

        ChatRequest one = start.User("one").Build();
        ChatRequest two = start.Message(Conversation.Empty.User("two").Messages).Build();

        one.Messages.Select(message => message.Content.ToString()).ShouldBe(["Be brief.", "one"]);
        two.Messages.Select(message => message.Content.ToString()).ShouldBe(["Be brief.", "two"]);
    }

    [Fact]
    public void What_could_not_be_sent_cannot_be_built()
    {
        Parameter(ChatRequest.For("m")).ShouldBe("messages");
        Parameter(ChatRequest.For("").User("a")).ShouldBe("model");
        Parameter(ChatRequest.For("m").User("a").Temperature(3)).ShouldBe("temperature");
        Parameter(ChatRequest.For("m").User("a").Stop("1", "2", "3", "4", "5")).ShouldBe("stop");
        Parameter(ChatRequest.For("m").Message("a", null!)).ShouldBe("messages[1]");
    }

    [Fact]
    public void A_step_without_a_value_is_refused_where_it_stands()
    {
        ChatRequestBuilder start = ChatRequest.For("m");

        Should
            .Throw<ArgumentNullException>(() => start.Message((IEnumerable<ChatMessage>)null!))
            .ParamName.ShouldBe("messages");
        Should
            .Throw<ArgumentNullException>(() => start.Tools((IEnumerable<ChatTool>)null!))
            .ParamName.ShouldBe("tools");
        Should.Throw<ArgumentNullException>(() => start.With(null!)).ParamName.ShouldBe("change");
        Should.Throw<ArgumentException>(() => start.With(_ => null!)).ParamName.ShouldBe("change");
    }

    private static string? Parameter(ChatRequestBuilder builder) =>
        Should.Throw<GroqValidationException>(builder.Build).Parameter;

    private static string Write(ChatRequest request) => JsonSerializer.Serialize(request, GroqJson.Context.ChatRequest);
}
