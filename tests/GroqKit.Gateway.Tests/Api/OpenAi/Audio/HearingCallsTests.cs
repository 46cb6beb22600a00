using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Gateway.Services.Limits;
using GroqKit.Gateway.Services.Usage;
using GroqKit.Gateway.Tests.Running;
using GroqKit.TestKit.Loopback;

namespace GroqKit.Gateway.Tests.Api.OpenAi.Audio;

[Requirement("GW-02")]
public sealed class HearingCallsTests
{
    private const string Verbose = """
        {"task":"transcribe","language":"English","duration":12.5,"text":" Hello there. Bye.","segments":[{"id":0,"seek":0,"start":0.0,"end":1.5,"text":" Hello there.","tokens":[1],"temperature":0,"avg_logprob":-0.2,"compression_ratio":1,"no_speech_prob":0},{"id":1,"seek":0,"start":2.0,"end":12.5,"text":" Bye.","tokens":[2],"temperature":0,"avg_logprob":-0.2,"compression_ratio":1,"no_speech_prob":0}],"x_groq":{"id":"req_1"}}
        """;

    private const string Scribe = """
        {"language_code":"eng","text":"Hello there. Bye","audio_duration_secs":3.25,"words":[{"text":"Hello","start":0.1,"end":0.5,"type":"word"},{"text":" ","start":0.5,"end":0.6,"type":"spacing"},{"text":"there.","start":0.6,"end":1.0,"type":"word"},{"text":" ","start":1.0,"end":2.0,"type":"spacing"},{"text":"Bye","start":2.0,"end":2.5,"type":"word"}]}
        """;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/audio/transcriptions", null, "application/json", "\"text\":\" Hello there. Bye.\"")]
    [InlineData("/openai/v1/audio/transcriptions", "json", "application/json", "\"x_groq\":{\"id\":\"req_1\"}")]
    [InlineData("/v1/audio/translations", "text", "text/plain", " Hello there. Bye.\n")]
    [InlineData("/v1/audio/transcriptions", "verbose_json", "application/json", "\"compression_ratio\":1")]
    [InlineData("/v1/audio/transcriptions", "srt", "text/plain", "00:00:02,000 --> 00:00:12,500\n")]
    [InlineData("/v1/audio/transcriptions", "vtt", "text/plain", "WEBVTT\n")]
    public async Task Every_form_is_made_of_the_one_that_tells_the_length(
        string path,
        string? format,
        string type,
        string part
    )
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Verbose));
        (string, object)[] parts = [("model", "whisper-large-v3"), ("file", Sounds.Wav(0.5)), ("language", "en")];
        using MultipartFormDataContent form = Sounds.Form(
            format is null ? parts : [.. parts, ("response_format", format)]
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync(path, form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Content.Headers.ContentType!.MediaType.ShouldBe(type);
        (await answer.TextAsync()).ReplaceLineEndings("\n").ShouldContain(part);
        string sent = gateway.Provider.Requests.ShouldHaveSingleItem().Text;
        gateway.Provider.Requests[0].Target.ShouldEndWith(path[path.IndexOf("audio", StringComparison.Ordinal)..]);
        sent.ShouldContain("name=\"response_format\"\r\n\r\nverbose_json\r\n");
        sent.ShouldContain("name=\"model\"\r\n\r\nwhisper-large-v3\r\n");
        sent.ShouldContain("name=\"language\"\r\n\r\nen\r\n");
        sent.ShouldContain("name=\"file\"; filename=\"speech.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Operation.ShouldBe(path.Contains("translations") ? Operation.Translation : Operation.Transcription);
        record.Speech.AudioIn.ShouldBe(TimeSpan.FromSeconds(12.5));
        record.Speech.AudioBytesIn.ShouldBe(16_044);
        record.Cost.ShouldBe(12.5m / 3600 * 0.111m);
        record.Estimated.ShouldBeFalse();
    }

    [Fact]
    public async Task Short_recordings_cost_ten_seconds()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json("""{"text":"Hi","duration":0.4,"segments":[]}""")
        );
        using MultipartFormDataContent form = Sounds.Form(
            ("file", Sounds.Wav(0.4)),
            ("model", "whisper-large-v3-turbo")
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        UsageRecord record = await gateway.Usage.NextAsync();
        record.Cost.ShouldBe(10m / 3600 * 0.04m);
        record.Speech.AudioIn.ShouldBe(TimeSpan.FromSeconds(0.4));
        answer.Header("x-groqkit-cost").ShouldNotBeNull();
    }

    [Theory]
    [InlineData("json", "\"text\":\"Hello there. Bye\"")]
    [InlineData("verbose_json", "\"words\":[{\"word\":\"Hello\",\"start\":0.1,\"end\":0.5}")]
    [InlineData("srt", "Hello there.")]
    [InlineData("vtt", "00:00:02.000 --> 00:00:02.500")]
    [InlineData("text", "Hello there. Bye\n")]
    public async Task A_recording_is_heard_by_another_dialect_both_ways(string format, string part)
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Answer.Json(Scribe));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json(Verbose));
        using MultipartFormDataContent form = Sounds.Form(
            ("file", Sounds.Wav(1)),
            ("model", "voices/scribe_v2"),
            ("language", "en"),
            ("prompt", "Names: Ann"),
            ("diarize", "true"),
            ("timestamp_granularities[]", "word"),
            ("response_format", format)
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        (await answer.TextAsync()).ReplaceLineEndings("\n").ShouldContain(part);
        answer.Header("x-groqkit-dropped").ShouldBe("prompt");
        RecordedRequest sent = voices.Requests.ShouldHaveSingleItem();
        sent.Target.ShouldBe("/v1/speech-to-text");
        sent.Headers["xi-api-key"].ShouldBe("xi-secret");
        sent.Text.ShouldContain("name=\"model_id\"\r\n\r\nscribe_v2\r\n");
        sent.Text.ShouldContain("name=\"language_code\"\r\n\r\nen\r\n");
        sent.Text.ShouldContain("name=\"diarize\"\r\n\r\ntrue\r\n");
        sent.Text.ShouldNotContain("response_format");
        sent.Text.ShouldNotContain("Names: Ann");
        (await gateway.Usage.NextAsync()).Speech.AudioIn.ShouldBe(TimeSpan.FromSeconds(3.25));
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Samples_that_begin_as_an_mp3_frame_does_are_samples()
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Answer.Json(Scribe));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json(Verbose));
        byte[] samples = new byte[32_000];
        ((byte[])[0xFF, 0xFB, 0x90, 0x00]).CopyTo(samples, 0);
        using MultipartFormDataContent told = Sounds.Form(
            ("model", "voices/scribe_v2"),
            ("file_format", "pcm_s16le_16"),
            ("file", samples)
        );
        using MultipartFormDataContent typed = Sounds.Form(("model", "whisper-large-v3"), ("file", samples));
        typed.Last().Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse("audio/pcm;rate=16000");

        using HttpResponseMessage heard = await gateway.Client.PostAsync("/v1/audio/transcriptions", told, Cancelled);
        using HttpResponseMessage refused = await gateway.Client.PostAsync(
            "/v1/audio/transcriptions",
            typed,
            Cancelled
        );

        heard.StatusCode.ShouldBe(HttpStatusCode.OK, await heard.TextAsync());
        voices.Requests.ShouldHaveSingleItem().Text.ShouldNotContain("audio/mpeg");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.ErrorAsync())["param"]!.GetValue<string>().ShouldBe("file");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_stream_is_made_for_a_caller_whose_provider_has_none()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Verbose));
        using MultipartFormDataContent form = Sounds.Form(
            ("file", Sounds.Wav(1)),
            ("model", "whisper-large-v3"),
            ("stream", "true")
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");
        string text = await answer.TextAsync();
        text.ShouldStartWith("data: {\"type\":\"transcript.text.delta\"");
        text.ShouldContain("\"type\":\"transcript.text.done\"");
        text.ShouldEndWith("data: [DONE]\n\n");
        gateway.Provider.Requests[0].Text.ShouldNotContain("name=\"stream\"");
    }

    [Fact]
    public async Task A_stream_passes_as_it_comes()
    {
        string[] events =
        [
            """{"type":"transcript.text.delta","delta":"Hel"}""",
            """{"type":"transcript.text.done","text":"Hello","usage":{"type":"tokens","input_tokens":30,"output_tokens":4,"total_tokens":34}}""",
            "[DONE]",
        ];
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Events(events));
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Verbose));
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{other.Address}}"}""");
        using MultipartFormDataContent form = Sounds.Form(
            ("file", Sounds.Wav(1)),
            ("model", "oa/gpt-4o-transcribe"),
            ("stream", "true")
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        (await answer.TextAsync()).ShouldBe(string.Concat(events.Select(item => $"data: {item}\n\n")));
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Usage.Total.ShouldBe(34);
        record.Speech.AudioIn.ShouldBe(TimeSpan.FromSeconds(1));
        record.Streamed.ShouldBeTrue();
    }

    [Fact]
    public async Task An_agents_chain_hears_what_its_first_provider_cannot()
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(
            Answer.Json("""{"detail":{"status":"quota_exceeded","message":"No credits left."}}""", 401)
        );
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json(Verbose));
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"ear","stt":{"provider":"voices","model":"scribe_v2","config":{"language":"de"},"fallback":[{"provider":"groq","model":"whisper-large-v3"}]}}"""
        );
        using MultipartFormDataContent form = Sounds.Form(("file", Sounds.Wav(1)));
        form.Headers.Add("x-groqkit-agent", "ear");

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.TextAsync());
        answer.Header("x-groqkit-fallback").ShouldBe("voices/scribe_v2: insufficient_quota");
        voices.Requests[0].Text.ShouldContain("name=\"language_code\"\r\n\r\nde\r\n");
        gateway.Provider.Requests.ShouldHaveSingleItem().Text.ShouldContain("name=\"language\"\r\n\r\nde\r\n");
        UsageRecord record = await gateway.Usage.NextAsync();
        record.Agent.ShouldBe("ear");
        record.Provider.ShouldBe("groq");
    }

    [Fact]
    public async Task A_long_recording_that_has_gone_is_not_asked_for_again()
    {
        await using LoopbackServer broken = await ScriptedProvider.StartAsync(Answer.Json("{}", 503));
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Verbose),
            "--GroqKit:Limits:HeldUploadBytes=2000"
        );
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{broken.Address}}"}""");
        await gateway.PostAsync(
            "/api/agents",
            """{"name":"ear","stt":{"provider":"oa","model":"whisper-1","fallback":[{"provider":"groq","model":"whisper-large-v3"}]}}"""
        );
        using MultipartFormDataContent form = Sounds.Form(("model", "agent/ear"), ("file", Sounds.Wav(1)));

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        answer.Header("x-groqkit-fallback").ShouldBeNull();
        answer.Header("x-groqkit-provider").ShouldBe("oa");
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("whisper-large-v3", HttpStatusCode.OK)]
    [InlineData("groq/whisper-large-v3", HttpStatusCode.OK)]
    [InlineData("oa/whisper-1", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task A_model_behind_a_long_recording_is_heard_where_plain_names_go(
        string? model,
        HttpStatusCode status
    )
    {
        await using LoopbackServer other = await ScriptedProvider.StartAsync(Answer.Json(Verbose));
        await using RunningGateway gateway = await RunningGateway.StartAsync(
            Answer.Json(Verbose),
            "--GroqKit:Limits:HeldUploadBytes=2000"
        );
        await gateway.PostAsync("/api/providers", $$"""{"name":"oa","kind":"openai","baseUrl":"{{other.Address}}"}""");
        using MultipartFormDataContent form = Sounds.Form(
            model is null
                ? [("file", Sounds.Wav(1))]
                : [("file", Sounds.Wav(1)), ("model", model), ("response_format", "text")]
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.StatusCode.ShouldBe(status, await answer.TextAsync());
        other.Requests.ShouldBeEmpty();
        if (status != HttpStatusCode.OK)
        {
            ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("model");
            return;
        }
        (await answer.TextAsync()).ShouldBe(" Hello there. Bye.\n");
        answer.Header("x-groqkit-model").ShouldBe("whisper-large-v3");
        gateway
            .Provider.Requests.ShouldHaveSingleItem()
            .Text.ShouldContain("name=\"model\"\r\n\r\nwhisper-large-v3\r\n");
    }

    [Theory]
    [InlineData("model", "", "model")]
    [InlineData("model", "no such name", "model")]
    [InlineData("response_format", "yaml", "response_format")]
    [InlineData("temperature", "hot", "temperature")]
    [InlineData("temperature", "-1", "temperature")]
    [InlineData("timestamp_granularities[]", "letter", "timestamp_granularities")]
    [InlineData("stream", "yes", "stream")]
    public async Task A_wrong_field_is_named_and_nobody_is_asked(string name, string value, string param)
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Verbose));
        (string, object)[] parts = [("file", Sounds.Wav(1)), (name, value)];
        using MultipartFormDataContent form = Sounds.Form(
            name == "model" ? parts : [.. parts, ("model", "whisper-large-v3")]
        );

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/transcriptions", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe(param);
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_recording_is_refused_by_its_content()
    {
        await using RunningGateway gateway = await RunningGateway.StartAsync(Answer.Json(Verbose));
        foreach (
            byte[] content in (byte[][])
                [
                    [],
                    "MZ\u0090 a program, whatever its name says"u8.ToArray(),
                ]
        )
        {
            using MultipartFormDataContent form = Sounds.Form(("model", "whisper-large-v3"), ("file", content));

            using HttpResponseMessage answer = await gateway.Client.PostAsync(
                "/v1/audio/transcriptions",
                form,
                Cancelled
            );

            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("file");
        }
        gateway.Provider.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task Seconds_of_audio_are_limited_before_anybody_is_asked()
    {
        await using RunningGateway gateway = await RunningGateway.StartLimitedAsync(
            Answer.Json(Verbose),
            new ManualTimeProvider(),
            new LimitPolicy(new Limit(LimitUnit.AudioSeconds, LimitWindow.Day, 15)),
            LimitPolicy.Unlimited
        );
        HttpStatusCode[] expected = [HttpStatusCode.OK, HttpStatusCode.TooManyRequests];
        foreach (HttpStatusCode status in expected)
        {
            using MultipartFormDataContent form = Sounds.Form(("model", "whisper-large-v3"), ("file", Sounds.Wav(1)));
            using HttpResponseMessage answer = await gateway.Client.PostAsync(
                "/v1/audio/transcriptions",
                form,
                Cancelled
            );
            answer.StatusCode.ShouldBe(status, await answer.TextAsync());
        }
        gateway.Provider.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_provider_that_does_not_translate_is_not_asked_to()
    {
        await using LoopbackServer voices = await ScriptedProvider.StartAsync(Answer.Json(Scribe));
        await using RunningGateway gateway = await StartWithVoicesAsync(voices, Answer.Json(Verbose));
        using MultipartFormDataContent form = Sounds.Form(("model", "voices/scribe_v2"), ("file", Sounds.Wav(1)));

        using HttpResponseMessage answer = await gateway.Client.PostAsync("/v1/audio/translations", form, Cancelled);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        ((string?)(await answer.ErrorAsync())["param"]).ShouldBe("model");
        voices.Requests.ShouldBeEmpty();
    }

    private static async Task<RunningGateway> StartWithVoicesAsync(
        LoopbackServer voices,
        Microsoft.AspNetCore.Http.RequestDelegate groq
    )
    {
        RunningGateway gateway = await RunningGateway.StartAsync(groq);
        await gateway.PostAsync(
            "/api/providers",
            $$"""{"name":"voices","kind":"elevenlabs","baseUrl":"{{voices.Address}}","apiKey":"xi-secret"}"""
        );
        return gateway;
    }
}
