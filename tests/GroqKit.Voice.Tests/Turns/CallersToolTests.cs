using Microsoft.Extensions.AI;

namespace GroqKit.Voice.Tests.Turns;

/// <summary>Tools that the caller runs while the turn waits for them.</summary>
[Requirement("GW-19")]
public sealed class CallersToolTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task What_the_caller_gives_is_what_the_model_goes_on_with()
    {
        ActedChat chat = Asking("first", "second");
        await using VoiceTurn turn = Start(chat);
        var events = new List<VoiceEvent>();

        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            events.Add(happened);
            if (happened is not ToolRequested asked)
                continue;
            asked.Arguments.ShouldBe("""{"harbour":"Kiel"}""");
            turn.AnswerTool("nobody's", "x").ShouldBeFalse();
            turn.AnswerTool(asked.CallId, $"result of {asked.CallId}").ShouldBeTrue();
            turn.AnswerTool(asked.CallId, "another").ShouldBeFalse();
        }

        events.Outcome().ShouldBe(VoiceOutcome.Completed);
        events.OfType<ToolRequested>().Select(asked => asked.CallId).ShouldBe(["first", "second"]);
        events.OfType<ToolDone>().ShouldAllBe(done => done.Succeeded);
        Results(chat).ShouldBe(["result of first", "result of second"]);
        turn.Messages.Select(message => message.Role)
            .ShouldBe([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant]);
        turn.AnswerTool("first", "late").ShouldBeFalse();
    }

    [Fact]
    public async Task A_result_that_never_comes_is_told_to_the_model()
    {
        ActedChat chat = Asking("only");
        await using VoiceTurn turn = Start(chat);
        var events = new List<VoiceEvent>();

        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            events.Add(happened);
            if (happened is not ToolRequested)
                continue;
            await _time.WhenArmedAsync(Patience);
            _time.Advance(Patience);
        }

        events.OfType<ToolDone>().ShouldHaveSingleItem().Succeeded.ShouldBeFalse();
        Results(chat).ShouldBe(["Error: No result came within 20 s."]);
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
    }

    [Fact]
    public async Task A_model_that_gives_two_calls_one_name_is_told_so()
    {
        ActedChat chat = Asking("same", "same");
        await using VoiceTurn turn = Start(chat);
        var events = new List<VoiceEvent>();

        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            events.Add(happened);
            if (happened is ToolRequested asked)
                turn.AnswerTool(asked.CallId, "once").ShouldBeTrue();
        }

        events.OfType<ToolRequested>().ShouldHaveSingleItem();
        Results(chat).ShouldBe(["once", "Error: two calls have the id 'same'."]);
    }

    [Fact]
    public async Task Nobody_waits_for_a_tool_when_the_turn_is_interrupted()
    {
        await using VoiceTurn turn = Start(Asking("only"));
        var events = new List<VoiceEvent>();

        await foreach (VoiceEvent happened in turn.ReadAsync())
        {
            events.Add(happened);
            if (happened is ToolRequested)
                await turn.InterruptAsync();
        }

        events.Outcome().ShouldBe(VoiceOutcome.Interrupted);
        turn.AnswerTool("only", "x").ShouldBeFalse();
        // A call without its result is refused by models.
        turn.Messages.Select(message => message.Role).ShouldBe([ChatRole.User]);
    }

    [Fact]
    public async Task Without_patience_the_turn_ends_with_the_request()
    {
        await using VoiceTurn turn = new VoicePipeline(
            new()
            {
                Chat = Asking("only"),
                TextToSpeech = new ActedVoice(),
                AnswerOptions = new() { Tools = [Ferry()] },
            }
        ).Start(VoiceInput.FromText("When?"));

        List<VoiceEvent> events = await turn.ReadAllAsync();

        events.OfType<ToolRequested>().ShouldHaveSingleItem();
        turn.AnswerTool("only", "x").ShouldBeFalse();
        events.Outcome().ShouldBe(VoiceOutcome.Completed);
    }

    [Fact]
    public void Patience_has_a_range() =>
        new VoiceOptions { ToolResultTimeout = TimeSpan.Zero }
            .Validate()
            .ShouldHaveSingleItem()
            .ShouldStartWith("ToolResultTimeout");

    private VoiceTurn Start(ActedChat chat) =>
        new VoicePipeline(
            new()
            {
                Chat = chat,
                TextToSpeech = new ActedVoice(),
                AnswerOptions = new() { Tools = [Ferry()] },
            },
            new VoiceOptions { ToolResultTimeout = Patience, TurnTimeout = TimeSpan.FromHours(1) },
            _time
        ).Start(VoiceInput.FromText("When?"));

    private static AIFunctionDeclaration Ferry() =>
        AIFunctionFactory.CreateDeclaration(
            "next_ferry",
            "When the next ferry leaves.",
            System.Text.Json.JsonElement.Parse("""{"type":"object"}""")
        );

    private static ActedChat Asking(params string[] ids) =>
        new(
            _ =>
                new ChatResponseUpdate[]
                {
                    new(
                        ChatRole.Assistant,
                        [
                            .. ids.Select(id => new FunctionCallContent(
                                id,
                                "next_ferry",
                                new Dictionary<string, object?> { ["harbour"] = "Kiel" }
                            )),
                        ]
                    ),
                }.ToAsyncEnumerable(),
            cancel => ActedChat.Tokens(["It leaves at half past six."], cancel)
        );

    private static IEnumerable<string?> Results(ActedChat chat) =>
        chat.Asked[1][^1].Contents.OfType<FunctionResultContent>().Select(result => result.Result?.ToString());
}
