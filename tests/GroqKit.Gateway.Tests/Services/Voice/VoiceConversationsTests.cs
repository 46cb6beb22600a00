using GroqKit.Gateway.Services.Voice;
using Microsoft.Extensions.AI;

namespace GroqKit.Gateway.Tests.Services.Voice;

/// <summary>What is remembered of conversations, and what has to leave.</summary>
[Requirement("GW-19")]
public sealed class VoiceConversationsTests : IDisposable
{
    private static readonly (string, string, string) One = ("t", "k", "one");

    private readonly ManualTimeProvider _time = new();
    private readonly VoiceConversations _conversations;

    public VoiceConversationsTests() => _conversations = new VoiceConversations(_time);

    public void Dispose() => _conversations.Dispose();

    [Fact]
    public void Oldest_turns_leave_first_and_whole()
    {
        string text = new('x', 10_000);
        for (int turn = 0; turn < 30; turn++)
            _conversations.Add(One, Turn(turn, text), person: null);

        IReadOnlyList<ChatMessage> kept = _conversations.Find(One);

        kept.Sum(message => message.Text.Length * sizeof(char)).ShouldBeLessThanOrEqualTo(VoiceConversations.MostBytes);
        kept[0].Role.ShouldBe(ChatRole.User);
        kept[^4].Text.ShouldBe("question 29");
        (kept.Count % 4).ShouldBe(0);
        kept.Count.ShouldBeGreaterThan(4);
        foreach (ChatMessage[] turn in kept.Chunk(4))
            turn.Select(message => message.Role)
                .ShouldBe([ChatRole.User, ChatRole.Assistant, ChatRole.Tool, ChatRole.Assistant]);
    }

    [Fact]
    public void Many_short_turns_are_bounded_too()
    {
        for (int turn = 0; turn < 100; turn++)
            _conversations.Add(One, Turn(turn, "short"), person: null);

        _conversations.Find(One).Count.ShouldBe(100);
    }

    [Fact]
    public void A_turn_that_is_too_large_alone_is_not_remembered_and_nor_is_what_was_before_it()
    {
        _conversations.Add(One, Turn(1, "short"), person: null);
        _conversations.Add(One, Turn(2, new string('x', VoiceConversations.MostBytes)), person: null);

        _conversations.Find(One).ShouldBeEmpty();
    }

    [Fact]
    public void The_conversation_that_was_not_used_for_longest_makes_room()
    {
        int many = (VoiceConversations.MostBytesTogether / (VoiceConversations.MostBytes / 2)) + 10;
        string text = new('x', VoiceConversations.MostBytes / 4);
        for (int number = 0; number < many; number++)
        {
            _conversations.Add(("t", "k", $"c{number}"), Turn(number, text), person: null);
            _conversations.Find(("t", "k", "c0")).ShouldNotBeEmpty();
        }

        _conversations.Find(("t", "k", "c1")).ShouldBeEmpty();
        _conversations.Find(("t", "k", $"c{many - 1}")).ShouldNotBeEmpty();
    }

    [Fact]
    public void An_hour_after_its_last_turn_a_conversation_is_forgotten()
    {
        _conversations.Add(One, Turn(1, "a"), person: null);
        _time.Advance(TimeSpan.FromMinutes(59));
        _conversations.Add(One, Turn(2, "b"), person: null);
        _time.Advance(TimeSpan.FromMinutes(59));
        _conversations.Find(One).Count.ShouldBe(8);

        _time.Advance(TimeSpan.FromMinutes(1));

        _conversations.Find(One).ShouldBeEmpty();
    }

    [Fact]
    public void Whoever_had_a_part_takes_the_conversation_along()
    {
        _conversations.Add(One, Turn(1, "a"), "erika");
        _conversations.Add(One, Turn(2, "b"), "max");
        _conversations.Add(("t", "k", "two"), Turn(3, "c"), "max");

        _conversations.Forget("erika");

        _conversations.Find(One).ShouldBeEmpty();
        _conversations.Find(("t", "k", "two")).Count.ShouldBe(4);
    }

    private static ChatMessage[] Turn(int number, string text) =>
        [
            new(ChatRole.User, $"question {number}"),
            new(ChatRole.Assistant, [new FunctionCallContent($"call{number}", "look")]),
            new(ChatRole.Tool, [new FunctionResultContent($"call{number}", text)]),
            new(ChatRole.Assistant, "answer"),
        ];
}
