using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>What becomes of answers that are cut, or that fail in a way that nobody thought of.</summary>
[Requirement("GW-19")]
public sealed class RealtimeAnswerTests
{
    [Fact]
    public async Task An_answer_that_is_cut_while_it_goes_on_stays_cut()
    {
        var more = new TaskCompletionSource();
        async IAsyncEnumerable<ChatResponseUpdate> Slow([EnumeratorCancellation] CancellationToken cancel)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Well, this is a sentence, ");
            await more.Task.WaitAsync(cancel);
            yield return new ChatResponseUpdate(ChatRole.Assistant, "and this is the rest of it.");
        }
        Line line = new();
        Task session = RunAsync(line, new ActedChat(Slow));
        line.Say(Ask);
        line.Say(Create);
        string item = (await line.HearAsync("response.output_audio.delta"))["item_id"]!.ToString();

        line.Say(Truncate(item, 100));
        await line.HearAsync("conversation.item.truncated");
        more.SetResult();
        await line.HearAsync("response.done");
        line.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        JsonObject kept = await line.HearAsync("conversation.item.retrieved");

        string heard = kept["item"]!["content"]![0]!["transcript"]!.ToString();
        heard.Length.ShouldBeLessThanOrEqualTo("Well,".Length);
        kept["item"]!["status"]!.ToString().ShouldBe("completed");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task What_was_not_heard_once_does_not_come_back_by_a_later_cut()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Good morning, my friend. How are you today?"));
        line.Say(Ask);
        line.Say(Create);
        string item = (await line.HearAsync("response.done"))["response"]!["output"]![0]!["id"]!.ToString();

        line.Say(Truncate(item, 300));
        line.Say(Truncate(item, 1200));
        line.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        JsonObject kept = await line.HearAsync("conversation.item.retrieved");

        kept["item"]!["content"]![0]!["transcript"]!.ToString().ShouldBe("Good");
        line.Leave();
        await session;
    }

    [Theory]
    [InlineData("text", 0, "item_id")]
    [InlineData("audio", 1, "content_index")]
    public async Task Only_the_sound_of_an_answer_can_be_cut(string modality, int index, string param)
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Good morning."));
        line.Say(Ask);
        line.Say($$$"""{"type":"response.create","response":{"output_modalities":["{{{modality}}}"]}}""");
        string item = (await line.HearAsync("response.done"))["response"]!["output"]![0]!["id"]!.ToString();

        line.Say(
            $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":{{index}},"audio_end_ms":0}"""
        );
        JsonObject error = await line.HearAsync("error");

        error["error"]!["param"]!.ToString().ShouldBe(param);
        line.Leave();
        await session;
    }

    [Fact]
    public async Task A_fault_of_the_server_is_told_and_logged_and_the_next_answer_comes()
    {
        var faults = new List<Exception>();
        int made = 0;
        Line line = new();
        Task session = RunAsync(
            line,
            ActedChat.Says("Here I am."),
            with: options =>
                options with
                {
                    Clients = settings =>
                        made++ == 0 ? throw new InvalidOperationException("secret") : options.Clients(settings),
                    Faulted = faults.Add,
                }
        );
        line.Say(Ask);
        line.Say(Create);
        JsonNode failed = (await line.HearAsync("response.done"))["response"]!;
        line.Say(Create);
        JsonNode answered = (await line.HearAsync("response.done"))["response"]!;

        failed["status"]!.ToString().ShouldBe("failed");
        JsonNode error = failed["status_details"]!["error"]!;
        error["type"]!.ToString().ShouldBe("server_error");
        error["code"]!.ToString().ShouldBe("internal_error");
        error["message"]!.ToString().ShouldNotContain("secret");
        line.Types.Count(type => type == "response.created").ShouldBe(2);
        answered["status"]!.ToString().ShouldBe("completed");
        faults.Single().Message.ShouldBe("secret");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task Who_asks_again_as_soon_as_an_answer_is_told_to_be_over_is_answered()
    {
        var accounted = new TaskCompletionSource();
        Line line = new();
        Task session = RunAsync(
            line,
            ActedChat.Says("Here I am."),
            with: options => options with { Ended = async (_, _, _) => await accounted.Task }
        );
        line.Say(Ask);
        line.Say(Create);
        await line.HearAsync("response.done");

        line.Say("""{"type":"response.cancel"}""");
        line.Say(Create);
        JsonNode error = (await line.HearAsync("error"))["error"]!;
        accounted.SetResult();
        await line.HearAsync("response.done");

        error["code"]!.ToString().ShouldBe("response_cancel_not_active");
        line.Types.Count(type => type == "error").ShouldBe(1);
        line.Leave();
        await session;
    }

    [Fact]
    public async Task A_fault_while_a_recording_is_heard_is_told_and_logged()
    {
        var faults = new List<Exception>();
        Line line = new();
        Task session = RunAsync(
            line,
            ActedChat.Says("Here I am."),
            with: options =>
                options with
                {
                    Clients = settings => options.Clients(settings) with { SpeechToText = null },
                    Faulted = faults.Add,
                }
        );
        line.Say("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        Speak(line, Sound.Tones.Sine(24_000, 200, 1));
        line.Say("""{"type":"input_audio_buffer.commit"}""");

        JsonNode error = (await line.HearAsync("conversation.item.input_audio_transcription.failed"))["error"]!;

        error["code"]!.ToString().ShouldBe("internal_error");
        faults.ShouldHaveSingleItem();
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_for_which_the_conversation_has_no_room_is_told()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Here I am."));
        for (int i = 0; i < 4096; i++)
            line.Say(Ask);
        line.Say(Create);

        JsonNode failed = (await line.HearAsync("response.done"))["response"]!;

        failed["status"]!.ToString().ShouldBe("failed");
        JsonNode error = failed["status_details"]!["error"]!;
        error["type"]!.ToString().ShouldBe("invalid_request_error");
        error["code"]!.ToString().ShouldBe("conversation_too_long");
        line.Leave();
        await session;
    }

    private static string Truncate(string item, int end) =>
        $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":{{end}}}""";
}
