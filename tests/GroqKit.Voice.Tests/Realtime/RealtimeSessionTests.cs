using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GroqKit.Voice.Tests.Sound;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

[Requirement("GW-19")]
public sealed class RealtimeSessionTests
{
    [Fact]
    public async Task A_typed_question_is_answered_in_sound()
    {
        var chat = ActedChat.Says("Good morning, my friend. ", "How are you today?");
        Line line = new();
        Task session = RunAsync(line, chat);
        JsonObject created = await line.HearAsync("session.created");
        created["session"]!["model"]!.GetValue<string>().ShouldBe("agent/talker");

        line.Say("""{"type":"session.update","session":{"type":"realtime","instructions":"Be kind."}}""");
        (await line.HearAsync("session.updated"))["session"]!["instructions"]!.GetValue<string>().ShouldBe("Be kind.");
        line.Say(Ask);
        await line.HearAsync("conversation.item.done");
        line.Say("""{"type":"response.create","response":{}}""");
        JsonObject done = await line.HearAsync("response.done");

        done["response"]!["status"]!.GetValue<string>().ShouldBe("completed");
        done["response"]!["usage"]!["input_tokens"]!.GetValue<int>().ShouldBe(7);
        JsonNode part = done["response"]!["output"]![0]!["content"]![0]!;
        part["type"]!.GetValue<string>().ShouldBe("output_audio");
        part["transcript"]!.GetValue<string>().ShouldBe("Good morning, my friend. How are you today?");
        string.Concat(Deltas(line, "response.output_audio_transcript.delta"))
            .ShouldBe("Good morning, my friend. How are you today?");
        byte[] sound = [.. Deltas(line, "response.output_audio.delta").SelectMany(Convert.FromBase64String)];
        (sound.Length / 48_000.0).ShouldBe(
            "Good morning, my friend.How are you today?".Length * ActedVoice.PerCharacter,
            0.1
        );
        chat.Asked[0].Select(message => message.Text).ShouldBe(["Be kind.", "Hello?"]);
        line.Types.Where(type => type.StartsWith("response.", StringComparison.Ordinal))
            .Where(type => !type.EndsWith(".delta", StringComparison.Ordinal))
            .ShouldBe([
                "response.created",
                "response.output_item.added",
                "response.content_part.added",
                "response.output_audio.done",
                "response.output_audio_transcript.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.done",
            ]);
        line.Leave();
        await session;
    }

    [Fact]
    public async Task Speech_is_found_heard_and_answered()
    {
        var chat = ActedChat.Says("I hear you very well.");
        Line line = new();
        Task session = RunAsync(line, chat);
        line.Say(
            """{"type":"session.update","session":{"type":"realtime","audio":{"input":{"transcription":{"model":"whisper"}}}}}"""
        );
        await line.HearAsync("session.updated");

        Speak(line, [.. Tones.Silence(24_000, 1), .. Tones.Sine(24_000, 200, 1), .. Tones.Silence(24_000, 1)]);
        await line.HearAsync("response.done");

        JsonObject started = line.Seen.Single(e => e["type"]!.ToString() == "input_audio_buffer.speech_started");
        started["audio_start_ms"]!.GetValue<int>().ShouldBeInRange(600, 760);
        line.Types.ShouldContain("input_audio_buffer.speech_stopped");
        string item = line.Seen.Single(e => e["type"]!.ToString() == "input_audio_buffer.committed")[
            "item_id"
        ]!.ToString();
        item.ShouldBe(started["item_id"]!.ToString());
        JsonObject heard = line.Seen.Single(e =>
            e["type"]!.ToString() == "conversation.item.input_audio_transcription.completed"
        );
        heard["item_id"]!.ToString().ShouldBe(item);
        heard["transcript"]!.ToString().ShouldBe("what was said");
        chat.Asked.Single()[^1].Text.ShouldBe("what was said");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task A_tool_is_asked_of_the_caller_and_its_result_goes_on()
    {
        var chat = new ActedChat(
            _ =>
                new ChatResponseUpdate[]
                {
                    new(
                        ChatRole.Assistant,
                        [
                            new FunctionCallContent(
                                "call_1",
                                "weather",
                                new Dictionary<string, object?> { ["city"] = "Rome" }
                            ),
                        ]
                    ),
                }.ToAsyncEnumerable(),
            cancel => ActedChat.Tokens(["It is sunny there."], cancel)
        );
        Line line = new();
        Task session = RunAsync(line, chat);
        line.Say(
            """{"type":"session.update","session":{"tools":[{"type":"function","name":"weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}]}}"""
        );
        line.Say(Ask);
        line.Say("""{"type":"response.create"}""");

        JsonObject call = await line.HearAsync("response.function_call_arguments.done");
        call["name"]!.ToString().ShouldBe("weather");
        call["arguments"]!.ToString().ShouldBe("""{"city":"Rome"}""");
        (await line.HearAsync("response.done"))["response"]!["output"]![0]!["type"]!
            .ToString()
            .ShouldBe("function_call");
        line.Say(
            """{"type":"conversation.item.create","item":{"type":"function_call_output","call_id":"call_1","output":"Sunny"}}"""
        );
        line.Say("""{"type":"response.create"}""");
        (await line.HearAsync("response.done"))["response"]!["status"]!.ToString().ShouldBe("completed");

        List<ChatMessage> asked = chat.Asked[1];
        asked[^2].Contents.OfType<FunctionCallContent>().Single().Arguments!["city"]!.ToString().ShouldBe("Rome");
        asked[^1].Contents.OfType<FunctionResultContent>().Single().Result.ShouldBe("Sunny");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task Speech_ends_the_answer_that_goes_on_and_only_what_was_heard_stays()
    {
        static async IAsyncEnumerable<ChatResponseUpdate> Endless([EnumeratorCancellation] CancellationToken cancel)
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Well, this is a sentence, ");
            await Forever.WaitAsync(cancel);
        }
        var chat = new ActedChat(Endless);
        var voice = new ActedVoice();
        Line line = new();
        Task session = RunAsync(line, chat, voice);
        line.Say(Ask);
        line.Say("""{"type":"response.create"}""");
        JsonObject delta = await line.HearAsync("response.output_audio.delta");
        // What is cut below has to be there before the answer ends.
        for (int given = BytesOf(delta); given < 24_000 * 2 * 3 / 10; )
            given += BytesOf(await line.HearAsync("response.output_audio.delta"));

        Speak(line, [.. Tones.Silence(24_000, 0.5), .. Tones.Sine(24_000, 200, 0.3)]);
        JsonObject done = await line.HearAsync("response.done");

        done["response"]!["status"]!.ToString().ShouldBe("cancelled");
        done["response"]!["status_details"]!["reason"]!.ToString().ShouldBe("turn_detected");
        voice.Running.ShouldBe(0);
        string item = delta["item_id"]!.ToString();
        line.Say(
            $$"""{"type":"conversation.item.truncate","item_id":"{{item}}","content_index":0,"audio_end_ms":300}"""
        );
        await line.HearAsync("conversation.item.truncated");
        line.Say($$"""{"type":"conversation.item.retrieve","item_id":"{{item}}"}""");
        JsonObject kept = await line.HearAsync("conversation.item.retrieved");
        kept["item"]!["content"]![0]!["transcript"]!.ToString().ShouldBe("Well,");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_can_be_cancelled_and_the_next_one_asked_for()
    {
        static async IAsyncEnumerable<ChatResponseUpdate> Endless([EnumeratorCancellation] CancellationToken cancel)
        {
            await Forever.WaitAsync(cancel);
            yield break;
        }
        var chat = new ActedChat(Endless, cancel => ActedChat.Tokens(["Here I am."], cancel));
        Line line = new();
        Task session = RunAsync(line, chat);
        line.Say(Ask);
        line.Say("""{"type":"response.create"}""");
        await line.HearAsync("response.created");
        line.Say("""{"type":"response.cancel"}""");
        (await line.HearAsync("response.done"))["response"]!["status_details"]!["reason"]!
            .ToString()
            .ShouldBe("client_cancelled");

        line.Say("""{"type":"response.create","response":{"output_modalities":["text"],"conversation":"none"}}""");
        JsonObject done = await line.HearAsync("response.done");

        done["response"]!["output"]![0]!["content"]![0]!["text"]!.ToString().ShouldBe("Here I am.");
        line.Types.ShouldNotContain("response.output_audio.delta");
        line.Leave();
        await session;
    }

    [Theory]
    [InlineData("not json", "invalid_json", null)]
    [InlineData("[]", "invalid_json", null)]
    [InlineData("{}", "missing_required_parameter", "type")]
    [InlineData("""{"type":"sing"}""", "unknown_event", "type")]
    [InlineData("""{"type":7}""", "invalid_value", "type")]
    [InlineData("""{"type":"session.update"}""", "missing_required_parameter", "session")]
    [InlineData("""{"type":"session.update","session":{"type":"other"}}""", "invalid_value", "session.type")]
    [InlineData("""{"type":"session.update","session":{"instructions":7}}""", "invalid_value", "session.instructions")]
    [InlineData(
        """{"type":"session.update","session":{"output_modalities":["video"]}}""",
        "invalid_value",
        "session.output_modalities"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"format":{"type":"mp3"}}}}}""",
        "invalid_value",
        "session.audio.input.format.type"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcm","rate":1}}}}}""",
        "invalid_value",
        "session.audio.input.format.rate"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"threshold":9}}}}}""",
        "invalid_value",
        "session.audio.input.turn_detection.threshold"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"output":{"speed":9}}}}""",
        "invalid_value",
        "session.audio.output.speed"
    )]
    [InlineData(
        """{"type":"session.update","session":{"tools":[{"type":"mcp"}]}}""",
        "invalid_value",
        "session.tools[0].type"
    )]
    [InlineData(
        """{"type":"session.update","session":{"max_output_tokens":0}}""",
        "invalid_value",
        "session.max_output_tokens"
    )]
    [InlineData("""{"type":"input_audio_buffer.append"}""", "missing_required_parameter", "audio")]
    [InlineData("""{"type":"input_audio_buffer.append","audio":"%%%"}""", "invalid_value", "audio")]
    [InlineData("""{"type":"input_audio_buffer.commit"}""", "input_audio_buffer_commit_empty", null)]
    [InlineData("""{"type":"conversation.item.create"}""", "missing_required_parameter", "item")]
    [InlineData(
        """{"type":"conversation.item.create","item":{"type":"message","role":"king","content":[]}}""",
        "invalid_value",
        "item.role"
    )]
    [InlineData(
        """{"type":"conversation.item.create","previous_item_id":"x","item":{"type":"message","role":"user","content":[]}}""",
        "invalid_value",
        "previous_item_id"
    )]
    [InlineData("""{"type":"conversation.item.delete","item_id":"x"}""", "invalid_value", "item_id")]
    [InlineData("""{"type":"conversation.item.retrieve"}""", "missing_required_parameter", "item_id")]
    [InlineData("""{"type":"conversation.item.truncate","item_id":"x","audio_end_ms":1}""", "invalid_value", "item_id")]
    [InlineData("""{"type":"response.cancel"}""", "response_cancel_not_active", null)]
    [InlineData("""{"type":"session.update","session":{"audio":"loud"}}""", "invalid_value", "session.audio")]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":"loud"}}}""",
        "invalid_value",
        "session.audio.input"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"format":"pcm16"}}}}""",
        "invalid_value",
        "session.audio.input.format"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"output":{"format":[]}}}}""",
        "invalid_value",
        "session.audio.output.format"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"transcription":"whisper"}}}}""",
        "invalid_value",
        "session.audio.input.transcription"
    )]
    [InlineData(
        """{"type":"session.update","session":{"tool_choice":{"type":"function","name":""}}}""",
        "invalid_value",
        "session.tool_choice.name"
    )]
    [InlineData(
        """{"type":"session.update","session":{"tools":[{"type":"function","name":" "}]}}""",
        "invalid_value",
        "session.tools[0].name"
    )]
    [InlineData(
        """{"type":"session.update","session":{"instructions":"a","instructions":"b"}}""",
        "invalid_json",
        null
    )]
    [InlineData("""{"type":"session.update","session":{"instructions":"\ud800"}}""", "invalid_value", "instructions")]
    [InlineData(
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_image","image_url":"no address"}]}}""",
        "invalid_value",
        "item.content[0].image_url"
    )]
    [InlineData(
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"a","image_url":5}]}}""",
        "invalid_value",
        "item.content[0].image_url"
    )]
    [InlineData(
        """{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"output_audio","transcript":"a","text":5}]}}""",
        "invalid_value",
        "item.content[0].text"
    )]
    [InlineData(
        """{"type":"conversation.item.create","item":{"type":"function_call","name":"a","call_id":5}}""",
        "invalid_value",
        "item.call_id"
    )]
    public async Task What_is_wrong_is_told_and_the_session_goes_on(string said, string code, string? param)
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes, I am still here."));

        line.Say(said);
        JsonObject error = await line.HearAsync("error");
        error["error"]!["code"]!.ToString().ShouldBe(code);
        error["error"]!["param"]?.ToString().ShouldBe(param);
        error["error"]!["type"]!.ToString().ShouldBe("invalid_request_error");

        line.Say(Ask);
        line.Say("""{"type":"response.create"}""");
        (await line.HearAsync("response.done"))["response"]!["status"]!.ToString().ShouldBe("completed");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task No_audio_leaves_the_audio_as_it_is()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say("""{"type":"session.update","session":{"audio":null}}""");
        line.Say("""{"type":"session.update","session":{"audio":{"output":{"voice":"troy"}}}}""");
        await line.HearAsync("session.updated");
        JsonObject updated = await line.HearAsync("session.updated");

        updated["session"]!["audio"]!["output"]!["voice"]!.ToString().ShouldBe("troy");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task Settings_and_items_that_would_fill_the_memory_are_refused()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));
        string large = new('a', 9 * 1024 * 1024);

        line.Say($$$"""{"type":"session.update","session":{"instructions":"{{{large}}}"}}""");
        (await line.HearAsync("error"))["error"]!["param"]!.ToString().ShouldBe("session");
        for (int i = 0; i < 8; i++)
            line.Say(Ask.Replace("Hello?", large, StringComparison.Ordinal));
        JsonObject error = await line.HearAsync("error");

        error["error"]!["code"]!.ToString().ShouldBe("conversation_too_long");
        error["error"]!["param"]!.ToString().ShouldBe("item");
        line.Types.Count(type => type == "conversation.item.done").ShouldBe(7);
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_that_is_cancelled_while_the_question_is_still_heard_is_told()
    {
        var hearing = new ActedHearing(
            async (_, cancel) =>
            {
                await Forever.WaitAsync(cancel);
                return "";
            }
        );
        Line line = new();
        using var ending = new CancellationTokenSource();
        Task session = RunAsync(line, ActedChat.Says("Yes."), hearing: hearing, cancellationToken: ending.Token);
        line.Say("""{"type":"session.update","session":{"audio":{"input":{"turn_detection":null}}}}""");
        Speak(line, Tones.Sine(24_000, 200, 1));
        line.Say("""{"type":"input_audio_buffer.commit"}""");

        line.Say("""{"type":"response.create"}""");
        line.Say("""{"type":"response.cancel"}""");

        (await line.HearAsync("response.done"))["response"]!["status"]!.ToString().ShouldBe("cancelled");
        await ending.CancelAsync();
        await session.ShouldThrowAsync<OperationCanceledException>();
    }

    private static int BytesOf(JsonObject delta) => Convert.FromBase64String(delta["delta"]!.ToString()).Length;
}
