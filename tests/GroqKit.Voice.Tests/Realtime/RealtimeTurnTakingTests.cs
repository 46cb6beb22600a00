using System.Text.Json.Nodes;
using GroqKit.Voice.Tests.Sound;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>Who speaks when: words of assent, and silence that lasts too long.</summary>
[Requirement("GW-19")]
public sealed class RealtimeTurnTakingTests
{
    private const int Rate = 24_000;

    // 1.6 s of sound.
    private const string Answer = "This is what I have to say now.";

    private static readonly TimeSpan Spoken = TimeSpan.FromSeconds(Answer.Length * ActedVoice.PerCharacter);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(10);

    private readonly ManualTimeProvider _time = new();
    private readonly Line _line = new();

    [Fact]
    public async Task A_word_of_assent_neither_ends_an_answer_nor_is_it_told()
    {
        Task session = RunAsync(
            _line,
            ActedChat.Says(Answer),
            time: _time,
            with: options => options with { MinInterruption = TimeSpan.FromMilliseconds(400) }
        );
        await AnswerAsync();

        // The caller still hears it; then it does not.
        Speak(_line, [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 0.3), .. Tones.Silence(Rate, 1)]);
        await HandledAsync();
        _line.Types.ShouldNotContain("input_audio_buffer.speech_started");
        _time.Advance(Spoken);
        Speak(_line, [.. Tones.Sine(Rate, 200, 0.3), .. Tones.Silence(Rate, 1)]);
        JsonObject started = await _line.HearAsync("input_audio_buffer.speech_started");
        await _line.HearAsync("input_audio_buffer.committed");

        // What was passed over before is not part of it, but its lead is.
        started["audio_start_ms"]!.GetValue<int>().ShouldBeInRange(1_450, 1_550);
        _line.Leave();
        await session;
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    [InlineData(2_000)]
    public async Task Speech_that_lasts_long_enough_ends_an_answer_as_soon_as_it_has(int piece)
    {
        var more = new TaskCompletionSource();
        async IAsyncEnumerable<ChatResponseUpdate> Slow(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
        )
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Well, this is a sentence, ");
            await more.Task.WaitAsync(cancel);
        }
        Task session = RunAsync(
            _line,
            new ActedChat(Slow),
            time: _time,
            with: options => options with { MinInterruption = TimeSpan.FromMilliseconds(400) }
        );
        _line.Say(Ask);
        _line.Say(Create);
        await _line.HearAsync("response.output_audio.delta");

        short[] sound = [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 1.5)];
        foreach (short[] part in sound.Chunk(Rate * piece / 1000))
            Speak(_line, part);
        JsonObject done = await _line.HearAsync("response.done");

        done["response"]!["status_details"]!["reason"]!.ToString().ShouldBe("turn_detected");
        _line.Seen.Single(e => e["type"]!.ToString() == "input_audio_buffer.speech_started")["audio_start_ms"]!
            .GetValue<int>()
            .ShouldBeInRange(150, 260);
        _line.Leave();
        await session;
    }

    [Fact]
    public async Task A_caller_who_says_nothing_for_too_long_is_spoken_to()
    {
        var chat = ActedChat.Says(Answer);
        Task session = RunAsync(_line, chat, time: _time);
        await WatchAsync();
        await AnswerAsync();
        Speak(_line, Tones.Silence(Rate, 2));
        await HandledAsync();

        await ArmedAsync();
        // Not while the answer can still be heard.
        _time.Advance(Spoken + Patience - 2 * Margin);
        await HandledAsync();
        _line.Types.ShouldNotContain("input_audio_buffer.timeout_triggered");
        _time.Advance(2 * Margin);
        JsonObject triggered = await _line.HearAsync("input_audio_buffer.timeout_triggered");
        JsonObject committed = await _line.HearAsync("input_audio_buffer.committed");
        JsonObject done = await _line.HearAsync("response.done");

        triggered["item_id"]!.ToString().ShouldBe(committed["item_id"]!.ToString());
        triggered["audio_end_ms"]!.GetValue<int>().ShouldBeInRange(1_980, 2_000);
        done["response"]!["status"]!.ToString().ShouldBe("completed");
        chat.Asked[1][^1].Role.ShouldBe(ChatRole.System);
        chat.Asked[1][^1].Text.ShouldContain("6 seconds");
        _line.Types.ShouldNotContain("conversation.item.input_audio_transcription.failed");
        _line.Leave();
        await session;
    }

    [Fact]
    public async Task A_caller_who_speaks_in_time_is_listened_to()
    {
        Task session = RunAsync(_line, ActedChat.Says(Answer), time: _time);
        await WatchAsync();
        await AnswerAsync();
        await ArmedAsync();

        Speak(_line, [.. Tones.Silence(Rate, 0.5), .. Tones.Sine(Rate, 200, 0.5)]);
        await _line.HearAsync("input_audio_buffer.speech_started");

        _time.Advance(Spoken + Patience);
        await HandledAsync();
        _line.Types.ShouldNotContain("input_audio_buffer.timeout_triggered");
        _line.Leave();
        await session;
    }

    [Fact]
    public async Task A_session_that_no_longer_watches_for_silence_is_left_alone_and_ends_at_once()
    {
        Task session = RunAsync(_line, ActedChat.Says(Answer), time: _time);
        await WatchAsync();
        await AnswerAsync();
        await ArmedAsync();
        _line.Say("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        await _line.HearAsync("session.updated");

        _time.Advance(Spoken + Patience);
        await HandledAsync();

        _line.Types.ShouldNotContain("input_audio_buffer.timeout_triggered");
        _line.Leave();
        await session;
    }

    [Fact]
    public async Task A_caller_who_leaves_leaves_no_recording_to_be_heard()
    {
        var begun = new TaskCompletionSource();
        var ended = new TaskCompletionSource();
        var hearing = new ActedHearing(
            async (_, cancel) =>
            {
                begun.SetResult();
                try
                {
                    await Forever.WaitAsync(cancel);
                }
                finally
                {
                    ended.SetResult();
                }
                return "";
            }
        );
        Task session = RunAsync(_line, ActedChat.Says(Answer), hearing: hearing, time: _time);
        _line.Say("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        Speak(_line, Tones.Sine(Rate, 200, 1));
        _line.Say("""{"type":"input_audio_buffer.commit"}""");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        _line.Leave();

        await session.WaitAsync(TimeSpan.FromSeconds(30));
        ended.Task.IsCompleted.ShouldBeTrue();
    }

    private async Task WatchAsync()
    {
        _line.Say(
            """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"server_vad","idle_timeout_ms":6000}}}}}"""
        );
        await _line.HearAsync("session.updated");
    }

    private async Task AnswerAsync()
    {
        _line.Say(Ask);
        _line.Say(Create);
        await _line.HearAsync("response.done");
    }

    // The sound is some samples shorter than what it was made of.
    private async Task ArmedAsync()
    {
        long begun = TimeProvider.System.GetTimestamp();
        while (!_time.Pending.Any(due => due > Spoken + Patience - Margin && due <= Spoken + Patience))
        {
            TimeProvider.System.GetElapsedTime(begun).ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await Task.Yield();
        }
    }

    // What was said before this was handled before it.
    private async Task HandledAsync()
    {
        _line.Say("""{"type":"session.update","session":{}}""");
        await _line.HearAsync("session.updated");
    }
}
