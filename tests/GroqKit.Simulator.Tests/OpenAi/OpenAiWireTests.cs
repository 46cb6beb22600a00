using System.Text;
using System.Text.Json;
using GroqKit.Completions;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Tests.OpenAi;

/// <summary>What a client library hides of the wire.</summary>
[Requirement("PR-05")]
public sealed class OpenAiWireTests(Sim sim) : IClassFixture<Sim>
{
    private const string Root = "/sim/openai/v1";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gpt-4o", "\"reasoning_effort\":\"low\"", null, null)]
    [InlineData("gpt-6-luna", "\"max_tokens\":5", "max_tokens", "unsupported_parameter")]
    [InlineData("gpt-6-luna", "\"temperature\":0.5", "temperature", "unsupported_value")]
    [InlineData("gpt-6-luna", "\"logprobs\":true", "logprobs", "unsupported_parameter")]
    [InlineData("gpt-6-luna", "\"stop\":\"x\"", "stop", "unsupported_parameter")]
    [InlineData("gpt-6.2-sol", "\"reasoning_effort\":\"none\"", "reasoning_effort", "unsupported_value")]
    [InlineData("gpt-4o", "\"documents\":[]", null, null)]
    public async Task A_refusal_names_the_parameter(string model, string more, string? param, string? code)
    {
        Reply reply = await sim.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(more, model));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
        reply.Error.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Usage_is_a_chunk_of_its_own_and_only_when_asked_for()
    {
        string with = "\"stream\":true,\"stream_options\":{\"include_usage\":true,\"include_obfuscation\":false}";

        Reply plain = await sim.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat("\"stream\":true", "gpt-4o"));
        Reply asked = await sim.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(with, "gpt-4o"));

        plain.Chunks.ShouldAllBe(chunk => chunk.GetProperty("choices").GetArrayLength() == 1);
        plain.Chunks[0].GetProperty("obfuscation").GetString().ShouldNotBeNullOrEmpty();
        asked.Chunks[^1].GetProperty("choices").GetArrayLength().ShouldBe(0);
        asked.Chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32().ShouldBeGreaterThan(0);
        asked.Chunks[0].GetProperty("usage").ValueKind.ShouldBe(JsonValueKind.Null);
        asked.Chunks[0].TryGetProperty("obfuscation", out _).ShouldBeFalse();
        asked.Events[^1].Data.ShouldBe("[DONE]");
    }

    [Fact]
    public async Task Several_answers_come_when_several_are_wanted()
    {
        Reply reply = await sim.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat("\"n\":3", "gpt-4o"));

        reply
            .Json.GetProperty("choices")
            .EnumerateArray()
            .Select(choice => choice.GetProperty("index").GetInt32())
            .ShouldBe([0, 1, 2]);
        reply
            .Json.GetProperty("choices")
            .EnumerateArray()
            .Select(choice => choice.GetProperty("message").GetProperty("content").GetString())
            .Distinct()
            .Count()
            .ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task An_error_in_a_stream_has_no_event_name_and_no_end()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            $"{Root}/chat/completions",
            Sim.Chat("\"stream\":true", "gpt-4o"),
            ("x-sim-fault", "error-event:after=2")
        );

        reply.Events[^1].EventType.ShouldBe("message");
        JsonElement error = JsonElement.Parse(reply.Events[^1].Data).GetProperty("error");
        error.GetProperty("type").GetString().ShouldBe("server_error");
        error.TryGetProperty("status_code", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Limits_are_told_by_the_minute()
    {
        await using Sim small = await Sim.StartAsync(
            new SimulatorOptions
            {
                RateLimits = RateLimitPlan.Custom,
                CustomLimits = new ModelLimits { RequestsPerMinute = 2, TokensPerMinute = 1_000_000 },
            }
        );

        Reply first = await small.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(model: "gpt-4o"));
        await small.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(model: "gpt-4o"));
        Reply third = await small.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(model: "gpt-4o"));

        first.Headers["x-ratelimit-limit-requests"].ShouldBe("2");
        first.Headers["x-ratelimit-remaining-requests"].ShouldBe("1");
        third.Status.ShouldBe(429);
        third.Error.GetProperty("code").GetString().ShouldBe("rate_limit_exceeded");
        third.Headers.Keys.ShouldContain("retry-after", StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Speech_comes_as_events_too()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            $"{Root}/audio/speech",
            """{"model":"gpt-4o-mini-tts","input":"Hello there.","voice":"coral","response_format":"pcm","stream_format":"sse"}"""
        );

        JsonElement[] events =
        [
            .. reply.Events.Where(item => item.Data != "[DONE]").Select(item => JsonElement.Parse(item.Data)),
        ];
        events[..^1].Sum(item => item.GetProperty("audio").GetBytesFromBase64().Length).ShouldBeGreaterThan(24_000 / 2);
        events[^1].GetProperty("type").GetString().ShouldBe("speech.audio.done");
        events[^1].GetProperty("usage").GetProperty("output_tokens").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_transcript_comes_as_events_too()
    {
        Reply reply = await TranscribeAsync(("model", "gpt-transcribe"), ("stream", "true"));

        string[] types =
        [
            .. reply
                .Events.Where(item => item.Data != "[DONE]")
                .Select(item => JsonElement.Parse(item.Data).GetProperty("type").GetString()!),
        ];
        types.ShouldBe(["transcript.text.delta", "transcript.text.delta", "transcript.text.done"]);
        reply.Events[^1].Data.ShouldBe("[DONE]");
    }

    [Fact]
    public async Task Subtitles_have_a_cue_a_sentence()
    {
        Reply srt = await TranscribeAsync(("model", "whisper-1"), ("response_format", "srt"));
        Reply vtt = await TranscribeAsync(("model", "whisper-1"), ("response_format", "vtt"));

        srt.ContentType.ShouldBe("text/plain; charset=utf-8");
        srt.Text.ShouldStartWith("1\n00:00:00,000 --> 00:00:0");
        vtt.Text.ShouldStartWith("WEBVTT\n\n00:00:00.000 --> 00:00:0");
        vtt.Text.ShouldContain("Hello there.");
    }

    [Fact]
    public async Task A_format_that_the_model_does_not_have_is_refused()
    {
        Reply reply = await TranscribeAsync(("model", "gpt-transcribe"), ("response_format", "verbose_json"));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe("response_format");
        reply.Error.GetProperty("code").GetString().ShouldBe("unsupported_value");
    }

    [Fact]
    public async Task An_unknown_model_is_404_on_chat_and_400_on_responses()
    {
        Reply chat = await sim.SendAsync("POST", $"{Root}/chat/completions", Sim.Chat(model: "gpt-none"));
        Reply response = await sim.SendAsync("POST", $"{Root}/responses", """{"model":"gpt-none","input":"Hi"}""");

        chat.Status.ShouldBe(404);
        response.Status.ShouldBe(400);
        chat.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
        response.Error.GetProperty("code").GetString().ShouldBe("model_not_found");
    }

    [Fact]
    public async Task Legacy_completions_answer_the_client_library_whole_and_streamed()
    {
        using var client = new GroqClient(
            new GroqClientOptions { ApiKey = "sk-test", BaseUrl = $"{sim.Server.BaseAddress}sim/openai" }
        );
        var request = new CompletionRequest { Model = "gpt-3.5-turbo-instruct", Prompt = "Once upon a time" };

        Completion whole = await client.Completions.CreateAsync(request, cancellationToken: Stop);
        await using CompletionStream stream = await client.Completions.StreamAsync(request, cancellationToken: Stop);
        Completion streamed = await stream.CollectAsync(Stop);

        streamed.Text.ShouldBe(whole.Text);
        whole.Usage!.CompletionTokens.ShouldBe(16);
    }

    [Fact]
    public async Task An_unknown_address_is_answered_in_the_same_form()
    {
        Reply reply = await sim.SendAsync("GET", $"{Root}/assistants");

        reply.Status.ShouldBe(404);
        reply.Error.GetProperty("message").GetString().ShouldBe("Invalid URL (GET /sim/openai/v1/assistants)");
    }

    private async Task<Reply> TranscribeAsync(params (string Name, string Value)[] fields)
    {
        Reply spoken = await sim.SendAsync(
            "POST",
            $"{Root}/audio/speech",
            """{"model":"tts-1","input":"Hello there.","voice":"alloy","response_format":"wav"}"""
        );
        using var form = new MultipartFormDataContent();
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value, Encoding.UTF8), name);
        form.Add(new ByteArrayContent(spoken.Bytes), "file", "a.wav");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root}/audio/transcriptions") { Content = form };
        return await sim.SendAsync(request);
    }
}
