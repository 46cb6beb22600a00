using GroqKit.Chat;
using GroqKit.TestKit.Contract;

namespace GroqKit.Tests.Chat;

[Requirement("CL-11")]
public sealed class ConversationTests
{
    [Fact]
    public void A_conversation_grows_and_leaves_what_it_grew_from_as_it_was()
    {
        Conversation start = Conversation.Start("Be brief.");
        Conversation one = start.User("one");
        Conversation two = start.User("two", ContentPart.FromImageUrl("https://example.com/a.png"));

        start.Messages.ShouldHaveSingleItem().ShouldBe(ChatMessage.System("Be brief."));
        one.Messages[1].ShouldBe(ChatMessage.User("one"));
        two.Messages[1].Content!.Value.Parts!.Count.ShouldBe(2);
        Conversation.Empty.Messages.ShouldBeEmpty();
    }

    [Fact]
    public void An_answer_is_added_without_what_only_an_answer_has()
    {
        ChatCompletion answer = Read("""{"role":"assistant","content":"Hi.","reasoning":"Greet."}""");

        Conversation.Empty.User("Hello").Add(answer).Messages[^1].ShouldBe(ChatMessage.Assistant("Hi."));
        Conversation.Empty.Add(answer, includeReasoning: true).Messages[^1].Reasoning.ShouldBe("Greet.");
    }

    [Fact]
    public void An_answer_without_a_choice_adds_nothing() =>
        Conversation.Empty.Add(new ChatCompletion()).ShouldBeSameAs(Conversation.Empty);

    [Fact]
    public void Nothing_is_not_a_message()
    {
        Should.Throw<ArgumentException>(() => Conversation.Empty.Add("a", null!)).ParamName.ShouldBe("messages");
        Should.Throw<ArgumentNullException>(() => Conversation.Empty.Add((IEnumerable<ChatMessage>)null!));
    }

    [Fact]
    public async Task A_run_of_tools_is_added_whole_and_the_next_question_is_valid()
    {
        await using StubServer server = await StubServer.StartAsync();
        server.Next(200, Answers.Calls(("call_a", "square", """{\"number\":3}""")));
        server.Next(200, Answers.Text("9"));
        server.Next(200, Answers.Text("81"));
        using GroqClient client = Clients.For(server);
        Tool square = Tool.From((int number) => number * number, "square", "Squares a number");
        Conversation talk = Conversation.Start("Count.").User("3 times 3?");

        ToolRun run = await client.Chat.RunToolsAsync(Ask(talk), [square]);
        talk = talk.Add(run).User("And that squared?");
        talk = talk.Add(await client.Chat.CreateAsync(Ask(talk)));

        talk.Messages.Select(message => message.Role.ToString())
            .ShouldBe(["system", "user", "assistant", "tool", "assistant", "user", "assistant"]);
        talk.Messages[^1].Content!.Value.Text.ShouldBe("81");
        foreach (StubRequest request in server.Requests)
            GroqContract.ValidateRequest(request.Method, request.Target, request.Body).ShouldBeEmpty();
    }

    private static ChatRequest Ask(Conversation talk) =>
        Requests.Hello with
        {
            Messages = talk.Fit("openai/gpt-oss-20b").Messages,
        };

    private static ChatCompletion Read(string message) =>
        System.Text.Json.JsonSerializer.Deserialize(
            Answers.Message(message, "stop"),
            GroqKit.Json.GroqJson.Context.ChatCompletion
        )!;
}
