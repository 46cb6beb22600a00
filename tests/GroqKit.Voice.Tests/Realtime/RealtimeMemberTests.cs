using System.Text.Json.Nodes;
using GroqKit.Voice.Tests.Turns;
using Microsoft.Extensions.AI;
using static GroqKit.Voice.Tests.Realtime.RealtimeTalk;

namespace GroqKit.Voice.Tests.Realtime;

/// <summary>Every member of the protocol is taken; another one is a typing error and is told by its name.</summary>
[Requirement("GW-19")]
public sealed class RealtimeMemberTests
{
    // All that the protocol has, with values that a cascade can honour or may leave aside.
    private const string WholeSession = """
        {
          "type": "realtime", "id": "sess_mine", "object": "realtime.session", "expires_at": 0, "model": "other",
          "output_modalities": ["audio"], "instructions": "Be kind.", "tools": [], "tool_choice": "auto",
          "parallel_tool_calls": true, "reasoning": {"effort": "minimal"}, "max_output_tokens": 100,
          "truncation": {"type": "retention_ratio", "retention_ratio": 0.8, "token_limits": {"post_instructions": 1000}},
          "tracing": "auto", "prompt": null, "include": ["item.input_audio_transcription.logprobs"],
          "audio": {
            "input": {
              "format": {"type": "audio/pcm", "rate": 24000}, "noise_reduction": {"type": "near_field"},
              "transcription": {"model": "whisper-1", "language": "en", "languages": ["en"], "keywords": ["Groq"], "prompt": "x", "delay": "low"},
              "turn_detection": {
                "type": "server_vad", "threshold": 0.5, "prefix_padding_ms": 300, "silence_duration_ms": 200,
                "create_response": true, "interrupt_response": true, "idle_timeout_ms": 6000
              }
            },
            "output": {"format": {"type": "audio/pcm", "rate": 24000}, "voice": {"id": "troy"}, "speed": 1}
          }
        }
        """;

    [Fact]
    public async Task A_session_takes_every_member_that_the_protocol_has()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say($$"""{"type":"session.update","session":{{WholeSession}}}""");
        JsonNode updated = (await line.HearAsync("session.updated"))["session"]!;

        updated["model"]!.ToString().ShouldBe("agent/talker");
        updated["id"]!.ToString().ShouldNotBe("sess_mine");
        updated["instructions"]!.ToString().ShouldBe("Be kind.");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_takes_every_member_that_the_protocol_has_and_changes_nothing_of_the_session()
    {
        var chat = ActedChat.Says("Yes, I am.");
        Line line = new();
        Task session = RunAsync(line, chat);

        line.Say(
            """
            {"type":"response.create","response":{
              "output_modalities":["text"],"instructions":"Be short.","audio":{"output":{"format":{"type":"audio/pcmu"},"voice":"troy"}},
              "tools":[{"type":"function","name":"look","description":"Looks.","parameters":{"type":"object"}}],"tool_choice":{"type":"function","name":"look"},
              "parallel_tool_calls":false,"reasoning":{"effort":"low"},"max_output_tokens":"inf","conversation":"none","metadata":{"topic":"a"},"prompt":null,
              "input":[{"type":"message","role":"user","content":[{"type":"input_text","text":"Are you there?"}]}]}}
            """
        );
        JsonNode response = (await line.HearAsync("response.done"))["response"]!;

        response["status"]!.ToString().ShouldBe("completed");
        response["metadata"]!["topic"]!.ToString().ShouldBe("a");
        chat.Asked.Single().Select(message => message.Text).ShouldBe(["Be short.", "Are you there?"]);
        ChatOptions options = chat.Options.Single()!;
        options.AllowMultipleToolCalls.ShouldBe(false);
        options.Reasoning!.Effort.ShouldBe(ReasoningEffort.Low);
        options.ToolMode.ShouldBeOfType<RequiredChatToolMode>().RequiredFunctionName.ShouldBe("look");
        line.Say("""{"type":"session.update","session":{}}""");
        JsonNode settings = (await line.HearAsync("session.updated"))["session"]!;
        settings["instructions"]!.ToString().ShouldBe("");
        settings.AsObject().ShouldNotContainKey("metadata");
        line.Leave();
        await session;
    }

    [Fact]
    public async Task An_answer_may_be_asked_about_items_of_the_conversation()
    {
        var chat = ActedChat.Says("Yes, I am.");
        Line line = new();
        Task session = RunAsync(line, chat);
        line.Say(Ask.Replace("\"item\":{", "\"item\":{\"id\":\"first\",", StringComparison.Ordinal));
        line.Say(Ask.Replace("Hello?", "And now?", StringComparison.Ordinal));

        line.Say("""{"type":"response.create","response":{"input":[{"type":"item_reference","id":"first"}]}}""");
        await line.HearAsync("response.done");
        line.Say("""{"type":"response.create","response":{"input":[{"type":"item_reference","id":"none"}]}}""");
        JsonNode error = (await line.HearAsync("error"))["error"]!;

        chat.Asked.Single().Single().Text.ShouldBe("Hello?");
        error["param"]!.ToString().ShouldBe("response.input[0].id");
        line.Leave();
        await session;
    }

    [Theory]
    [InlineData("""{"type":"session.update","session":{"instruction":"a"}}""", "session.instruction")]
    [InlineData("""{"type":"session.update","session":{"modalities":["text"]}}""", "session.modalities")]
    [InlineData("""{"type":"session.update","session":{"metadata":{}}}""", "session.metadata")]
    [InlineData("""{"type":"session.update","session":{"audio":{"middle":{}}}}""", "session.audio.middle")]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"voice":"a"}}}}""",
        "session.audio.input.voice"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"format":{"type":"audio/pcm","bits":8}}}}}""",
        "session.audio.input.format.bits"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"silence":1}}}}}""",
        "session.audio.input.turn_detection.silence"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"transcription":{"temperature":1}}}}}""",
        "session.audio.input.transcription.temperature"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"noise_reduction":{"kind":"a"}}}}}""",
        "session.audio.input.noise_reduction.kind"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"output":{"voice":{"name":"a"}}}}}""",
        "session.audio.output.voice.name"
    )]
    [InlineData("""{"type":"session.update","session":{"reasoning":{"budget":1}}}""", "session.reasoning.budget")]
    [InlineData(
        """{"type":"session.update","session":{"tools":[{"type":"function","name":"a","strict":true}]}}""",
        "session.tools[0].strict"
    )]
    [InlineData(
        """{"type":"session.update","session":{"tool_choice":{"name":"a","server_label":"b"}}}""",
        "session.tool_choice.server_label"
    )]
    [InlineData("""{"type":"response.create","response":{"modalities":["text"]}}""", "response.modalities")]
    [InlineData("""{"type":"response.create","response":{"audio":{"input":{}}}}""", "response.audio.input")]
    [InlineData("""{"type":"response.create","response":{"type":"realtime"}}""", "response.type")]
    public async Task A_member_that_the_protocol_lacks_is_refused_by_its_name(string said, string param)
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say(said);
        JsonNode error = (await line.HearAsync("error"))["error"]!;
        line.Say("""{"type":"session.update","session":{}}""");
        await line.HearAsync("session.updated");

        error["type"]!.ToString().ShouldBe("invalid_request_error");
        error["code"]!.ToString().ShouldBe("unknown_parameter");
        error["param"]!.ToString().ShouldBe(param);
        error["message"]!.ToString().ShouldBe($"Unknown parameter: '{param}'.");
        line.Leave();
        await session;
    }

    [Theory]
    [InlineData("""{"type":"session.update","session":{"prompt":{"id":"pmpt_1"}}}""", "session.prompt")]
    [InlineData("""{"type":"response.create","response":{"prompt":{"id":"pmpt_1"}}}""", "response.prompt")]
    [InlineData("""{"type":"response.create","response":{"instructions":5}}""", "response.instructions")]
    [InlineData("""{"type":"response.create","response":{"max_output_tokens":0}}""", "response.max_output_tokens")]
    [InlineData("""{"type":"response.create","response":{"conversation":"conv_other"}}""", "response.conversation")]
    [InlineData("""{"type":"response.create","response":{"metadata":{"a":1}}}""", "response.metadata.a")]
    [InlineData("""{"type":"session.update","session":{"reasoning":{"effort":"huge"}}}""", "session.reasoning.effort")]
    [InlineData("""{"type":"session.update","session":{"parallel_tool_calls":1}}""", "session.parallel_tool_calls")]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"idle_timeout_ms":4999}}}}}""",
        "session.audio.input.turn_detection.idle_timeout_ms"
    )]
    [InlineData(
        """{"type":"session.update","session":{"audio":{"input":{"turn_detection":{"type":"semantic_vad","idle_timeout_ms":6000}}}}}""",
        "session.audio.input.turn_detection.idle_timeout_ms"
    )]
    public async Task A_value_that_can_not_be_honoured_is_told_by_its_name(string said, string param)
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));

        line.Say(said);
        JsonNode error = (await line.HearAsync("error"))["error"]!;

        error["code"]!.ToString().ShouldBe("invalid_value");
        error["param"]!.ToString().ShouldBe(param);
        line.Leave();
        await session;
    }

    [Fact]
    public async Task What_is_told_of_a_wrong_event_is_short_however_long_it_is()
    {
        Line line = new();
        Task session = RunAsync(line, ActedChat.Says("Yes."));
        string large = new('a', 1_000_000);

        line.Say($$"""{"type":"{{large}}"}""");
        line.Say($$$"""{"type":"session.update","session":{"{{{large}}}":1}}""");
        line.Say($$"""{"type":"session.update","event_id":"{{large}}"}""");

        for (int i = 0; i < 3; i++)
            (await line.HearAsync("error")).ToJsonString().Length.ShouldBeLessThan(2_000);
        line.Leave();
        await session;
    }
}
