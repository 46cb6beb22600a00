using FsCheck;
using FsCheck.Fluent;
using GroqKit.Chat;

namespace GroqKit.Tests.Chat;

/// <summary>Every message here is one token long, so that a window of N tokens holds N messages.</summary>
[Requirement("CL-11")]
public sealed class ConversationFitTests
{
    private static readonly ChatMessage Rules = ChatMessage.System("rules");

    [Fact]
    public void What_fits_stays_whole()
    {
        Conversation talk = Conversation.Empty.Add(Rules, "a", Answer("b"), "c");

        ConversationWindow window = talk.Fit(Room(4));

        window.Messages.ShouldBe(talk.Messages);
        window.Dropped.ShouldBeEmpty();
        window.Tokens.ShouldBe(4);
    }

    [Fact]
    public void The_oldest_turns_go_first_each_as_a_whole_and_instructions_stay_where_they_are()
    {
        ChatMessage later = ChatMessage.Developer("later rules");
        Conversation talk = Conversation.Empty.Add(Rules, "a", Answer("b"), later, "c", Answer("d"), "e");

        talk.Fit(Room(6)).Messages.ShouldBe([Rules, later, "c", Answer("d"), "e"]);
        talk.Fit(Room(4)).Messages.ShouldBe([Rules, later, "e"]);
        talk.Fit(Room(4)).Dropped.ShouldBe(["a", Answer("b"), "c", Answer("d")]);
    }

    [Fact]
    public void An_answer_before_the_first_question_is_a_turn_of_its_own() =>
        Conversation.Empty.Add(Answer("Welcome."), "a").Fit(Room(1)).Messages.ShouldBe(["a"]);

    [Fact]
    public void Within_the_last_turn_old_calls_go_with_their_results_and_the_question_stays()
    {
        Conversation talk = Conversation.Empty.Add(
            "old",
            "question",
            Calls("1", "2"),
            Result("1"),
            Result("2"),
            Calls("3"),
            Result("3")
        );

        talk.Fit(Room(6)).Messages.Count.ShouldBe(6);
        talk.Fit(Room(5)).Messages.ShouldBe(["question", talk.Messages[5], Result("3")]);
        talk.Fit(Room(3)).Messages.Count.ShouldBe(3);
    }

    [Fact]
    public void What_has_to_stay_and_does_not_fit_is_an_error_that_says_by_how_much()
    {
        Conversation talk = Conversation.Empty.Add(Rules, "a", Answer("b"), "c");

        GroqContextLengthException error = Should.Throw<GroqContextLengthException>(() => talk.Fit(Room(1)));

        error.Parameter.ShouldBe("messages");
        error.Message.ShouldBe("messages: what has to stay is about 2 tokens, but there is room for 1.");
    }

    [Fact]
    public void Nothing_fits_everywhere() => Conversation.Empty.Fit(Room(1)).Messages.ShouldBeEmpty();

    [Fact]
    public void Whatever_is_said_only_whole_turns_go_no_call_loses_a_result_and_no_more_goes_than_must() =>
        Prop.ForAll(
                (from talk in AnyTalk from room in Gen.Choose(1, 40) select (talk, room)).ToArbitrary(),
                sample => Holds(sample.talk, sample.room)
            )
            .QuickCheckThrowOnFailure();

    private static readonly Gen<IReadOnlyList<ChatMessage>> AnyTalk = Gen.Choose(0, int.MaxValue)
        .Select(IReadOnlyList<ChatMessage> (seed) => Talk(new Random(seed)));

    private static List<ChatMessage> Talk(Random random)
    {
        List<ChatMessage> talk = [Rules];
        for (int turn = random.Next(6); turn >= 0; turn--)
        {
            talk.Add($"question {turn}");
            for (int step = random.Next(4); step > 0; step--)
            {
                string[] ids = [.. Enumerable.Range(0, random.Next(1, 4)).Select(call => $"{turn}.{step}.{call}")];
                talk.Add(Calls(ids));
                talk.AddRange(ids.Select(Result));
            }
            if (turn > 0 || random.Next(2) == 0)
                talk.Add(Answer($"answer {turn}"));
        }
        return talk;
    }

    private static bool Holds(IReadOnlyList<ChatMessage> talk, int room)
    {
        Conversation conversation = Conversation.Empty.Add(talk);
        try
        {
            ConversationWindow window = conversation.Fit(Room(room));
            HashSet<string> called =
            [
                .. window.Messages.SelectMany(message => message.ToolCalls ?? []).Select(call => call.Id),
            ];
            HashSet<string> answered = [.. window.Messages.Select(message => message.ToolCallId).OfType<string>()];
            return window.Messages.Count <= room
                && window.Tokens == window.Messages.Count
                && window.Messages.Count + window.Dropped.Count == talk.Count
                && window.Messages.SequenceEqual(talk.Where(window.Messages.Contains))
                && window.Messages[0] == Rules
                && window.Messages.Contains(talk.Last(message => message.Role == ChatRole.User))
                && window.Messages[^1] == talk[^1]
                && called.SetEquals(answered)
                && (window.Dropped.Count == 0) == (talk.Count <= room);
        }
        catch (GroqContextLengthException)
        {
            // Rules, the last question, and the last answer or round of calls: at most 3 results.
            return room < 6;
        }
    }

    private static ContextBudget Room(int messages) =>
        new()
        {
            ContextWindow = messages + 3,
            AnswerTokens = 2,
            OverheadTokens = 1,
            Counter = new OneEach(),
        };

    private static ChatMessage Answer(string text) => ChatMessage.Assistant(text);

    private static ChatMessage Calls(params string[] ids) =>
        ChatMessage.Assistant(null, [.. ids.Select(id => ToolCall.Create(id, "f", "{}"))]);

    private static ChatMessage Result(string id) => ChatMessage.Tool(id, "result");

    private sealed class OneEach : ITokenCounter
    {
        public int Count(ChatMessage message) => 1;
    }
}
