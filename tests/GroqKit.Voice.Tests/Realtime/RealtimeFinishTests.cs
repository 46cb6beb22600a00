using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GroqKit.Voice.Realtime;
using GroqKit.Voice.Tests.Sound;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>A session that is to end does what was begun, and nothing else.</summary>
[Requirement("GW-19")]
public sealed class RealtimeFinishTests
{
    private const int Rate = 24_000;
    private const string ByHand = """{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""";
    private const string Commit = """{"type":"input_audio_buffer.commit"}""";

    private static readonly TimeSpan SafetyTimeout = TimeSpan.FromSeconds(30);

    private readonly Line _line = new();
    private readonly TaskCompletionSource _more = new();
    private RealtimeSession _session = null!;

    [Fact]
    public async Task A_session_that_does_nothing_ends_at_once_though_its_caller_stays()
    {
        Task running = Run(ActedChat.Says("Never."));
        await _line.HearAsync("session.created");

        _session.Finish();

        await running.WaitAsync(SafetyTimeout);
        _line.Types.ShouldNotContain("error");
    }

    [Fact]
    public async Task A_session_that_has_not_begun_says_that_it_has_and_ends()
    {
        Task running = Run(ActedChat.Says("Never."), session => session.Finish());

        await running.WaitAsync(SafetyTimeout);

        await _line.HearAsync("session.created");
    }

    [Fact]
    public async Task An_answer_that_is_made_is_told_to_its_end_and_no_other_begins()
    {
        ActedChat chat = new(Slow);
        Task running = Run(chat);
        _line.Say(Ask);
        _line.Say(Create);
        await _line.HearAsync("response.output_audio.delta");

        _session.Finish();
        // Speech is no reason to stay any more; the events of the caller are still handled.
        Speak(_line, Tones.Silence(Rate, 0.5));
        _line.Say(Ask);
        await _line.HearAsync("conversation.item.done");
        running.IsCompleted.ShouldBeFalse();
        _more.SetResult();

        await running.WaitAsync(SafetyTimeout);
        JsonObject done = await _line.HearAsync("response.done");
        done["response"]!["status"]!.ToString().ShouldBe("completed");
        chat.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Who_speaks_over_the_last_answer_has_no_other()
    {
        ActedChat chat = new(Slow);
        Task running = Run(chat);
        _line.Say(Ask);
        _line.Say(Create);
        await _line.HearAsync("response.output_audio.delta");

        _session.Finish();
        Speak(_line, [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 1)]);

        await running.WaitAsync(SafetyTimeout);
        JsonObject done = await _line.HearAsync("response.done");
        done["response"]!["status"]!.ToString().ShouldBe("cancelled");
        chat.Asked.Count.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_being_said_is_heard_and_answered_first()
    {
        var chat = ActedChat.Says("So it is.");
        Task running = Run(chat);
        Speak(_line, [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 1)]);
        await _line.HearAsync("input_audio_buffer.speech_started");

        _session.Finish();
        Speak(_line, Tones.Silence(Rate, 0.4));
        _line.Say(Ask);
        await _line.HearAsync("conversation.item.done");
        running.IsCompleted.ShouldBeFalse();
        Speak(_line, Tones.Silence(Rate, 1));

        await running.WaitAsync(SafetyTimeout);
        JsonObject done = await _line.HearAsync("response.done");
        done["response"]!["status"]!.ToString().ShouldBe("completed");
        chat.Asked.Single()[^1].Text.ShouldBe("what was said");
    }

    [Fact]
    public async Task Sound_that_waits_for_its_commit_is_answered_once_asked_for()
    {
        var chat = ActedChat.Says("So it is.");
        Task running = Run(chat);
        _line.Say(ByHand);
        Speak(_line, Tones.Sine(Rate, 200, 1));
        _line.Say(Ask);
        await _line.HearAsync("conversation.item.done");

        _session.Finish();
        _line.Say(Commit);
        _line.Say(Create);

        await running.WaitAsync(SafetyTimeout);
        JsonObject done = await _line.HearAsync("response.done");
        done["response"]!["status"]!.ToString().ShouldBe("completed");
    }

    [Fact]
    public async Task A_recording_that_is_heard_is_answered_once_asked_for()
    {
        var chat = ActedChat.Says("So it is.");
        var hearing = new ActedHearing(
            (_, cancel) =>
                _more
                    .Task.WaitAsync(cancel)
                    .ContinueWith(
                        static _ => "Good night.",
                        cancel,
                        TaskContinuationOptions.None,
                        TaskScheduler.Default
                    )
        );
        Task running = Run(chat, hearing: hearing);
        _line.Say(ByHand);
        Speak(_line, Tones.Sine(Rate, 200, 1));
        _line.Say(Commit);
        await _line.HearAsync("conversation.item.done");

        _session.Finish();
        _more.SetResult();
        _line.Say("""{"type":"input_audio_buffer.append","audio":""}""");
        _line.Say(Create);

        await running.WaitAsync(SafetyTimeout);
        await _line.HearAsync("response.done");
        chat.Asked.Single()[^1].Text.ShouldBe("Good night.");
    }

    [Fact]
    public async Task Sound_that_is_taken_back_is_waited_for_no_more()
    {
        Task running = Run(ActedChat.Says("Never."));
        _line.Say(ByHand);
        Speak(_line, Tones.Sine(Rate, 200, 1));
        _line.Say(Ask);
        await _line.HearAsync("conversation.item.done");

        _session.Finish();
        _line.Say(Ask);
        await _line.HearAsync("conversation.item.done");
        running.IsCompleted.ShouldBeFalse();
        _line.Say("""{"type":"input_audio_buffer.clear"}""");

        await running.WaitAsync(SafetyTimeout);
        await _line.HearAsync("input_audio_buffer.cleared");
    }

    [Fact]
    public async Task A_reason_is_told_last_and_answers_nothing_that_is_being_said()
    {
        var chat = ActedChat.Says("Never.");
        Task running = Run(chat);
        Speak(_line, [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 1)]);
        await _line.HearAsync("input_audio_buffer.speech_started");

        _session.Finish(new VoiceException("locked_out", VoiceStage.Input, "You may no more."));
        _session.Finish();

        await running.WaitAsync(SafetyTimeout);
        JsonObject error = await _line.HearAsync("error");
        error["error"]!["code"]!.ToString().ShouldBe("locked_out");
        error["error"]!["message"]!.ToString().ShouldBe("You may no more.");
        chat.Asked.ShouldBeEmpty();
    }

    private async Task Run(ActedChat chat, Action<RealtimeSession>? begun = null, ActedHearing? hearing = null) =>
        await RunAsync(
            _line,
            chat,
            hearing: hearing,
            begun: session =>
            {
                _session = session;
                begun?.Invoke(session);
            }
        );

    private async IAsyncEnumerable<ChatResponseUpdate> Slow(
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Well, this is a sentence, ");
        await _more.Task.WaitAsync(cancellationToken);
        yield return new ChatResponseUpdate(ChatRole.Assistant, "and here it ends.");
    }
}
