using System.Text.Json;
using GroqKit.Simulator.Audio;
using GroqKit.Simulator.Hosting;
using GroqKit.Simulator.RateLimits;
using GroqKit.TestKit.Contract;

namespace GroqKit.Simulator.Tests.Audio;

[Requirement("SM-01")]
public sealed class AudioTests(Sim sim) : IClassFixture<Sim>
{
    private const string SpeechPath = "/openai/v1/audio/speech";
    private const string Transcriptions = "/openai/v1/audio/transcriptions";
    private const string Translations = "/openai/v1/audio/translations";
    private const string Text = "Good morning, Oslo! It is 21 degrees. Grüße, 日本語.";

    [Theory]
    [InlineData(8_000, 1)]
    [InlineData(24_000, 1)]
    [InlineData(48_000, 2)]
    public async Task What_was_spoken_can_be_read_back(int rate, double speed)
    {
        Reply spoken = await SpeakAsync(Text, $",\"sample_rate\":{rate},\"speed\":{speed}");

        spoken.ContentType.ShouldBe("audio/wav");
        WavFile.TryRead(spoken.Bytes)!.Rate.ShouldBe(rate);
        Reply heard = await TranscribeAsync(spoken.Bytes);
        heard.Json.GetProperty("text").GetString().ShouldBe(Text);
        GroqContract.ValidateResponse("POST", Transcriptions, 200, heard.Text).ShouldBeEmpty();
    }

    [Fact]
    public async Task Words_survive_joining_cutting_and_another_header()
    {
        WavFile one = WavFile.TryRead((await SpeakAsync("First part ends. Second part follows.")).Bytes)!;
        WavFile two = WavFile.TryRead((await SpeakAsync("And a third.")).Bytes)!;
        short[] joined = [.. one.Samples, .. new short[777], .. two.Samples];
        byte[] bytes = new WavFile(24_000, joined).ToBytes();
        bytes.AsSpan(40, 4).Fill(0xFF);

        Reply whole = await TranscribeAsync(bytes);
        Reply tail = await TranscribeAsync(new WavFile(24_000, joined[^(two.Samples.Length + 100)..]).ToBytes());

        whole.Json.GetProperty("text").GetString().ShouldBe("First part ends. Second part follows. And a third.");
        tail.Json.GetProperty("text").GetString().ShouldBe("And a third.");
    }

    [Fact]
    public async Task A_direction_in_brackets_is_not_said()
    {
        Reply heard = await TranscribeAsync((await SpeakAsync("[cheerful] Hello there")).Bytes);

        heard.Json.GetProperty("text").GetString().ShouldBe("Hello there");
    }

    [Fact]
    public async Task Longer_text_sounds_longer_and_is_not_silent()
    {
        WavFile brief = WavFile.TryRead((await SpeakAsync("Hello.")).Bytes)!;
        WavFile longer = WavFile.TryRead((await SpeakAsync(Text)).Bytes)!;

        longer.Seconds.ShouldBeGreaterThan(brief.Seconds * 3);
        brief.Samples.Max().ShouldBeGreaterThan((short)3_000);
    }

    [Fact]
    public async Task Verbose_answers_hold_segments_and_words_that_fit()
    {
        Reply spoken = await SpeakAsync("One two three. Four five!");

        Reply reply = await TranscribeAsync(
            spoken.Bytes,
            ("response_format", "verbose_json"),
            ("timestamp_granularities[]", "word"),
            ("timestamp_granularities[]", "segment"),
            ("temperature", "0.2"),
            ("language", "de"),
            ("prompt", "Numbers.")
        );

        reply.Json.GetProperty("task").GetString().ShouldBe("transcribe");
        reply.Json.GetProperty("language").GetString().ShouldBe("German");
        double duration = reply.Json.GetProperty("duration").GetDouble();
        JsonElement[] words = [.. reply.Json.GetProperty("words").EnumerateArray()];
        words.Select(word => word.GetProperty("word").GetString()).ShouldBe(["One", "two", "three.", "Four", "five!"]);
        words.Select(word => word.GetProperty("start").GetDouble()).ShouldBeInOrder();
        words.ShouldAllBe(word => word.GetProperty("end").GetDouble() > word.GetProperty("start").GetDouble());
        words[^1].GetProperty("end").GetDouble().ShouldBeLessThanOrEqualTo(duration);
        JsonElement[] segments = [.. reply.Json.GetProperty("segments").EnumerateArray()];
        segments
            .Select(segment => segment.GetProperty("text").GetString())
            .ShouldBe([" One two three.", " Four five!"]);
        segments[1].GetProperty("start").GetDouble().ShouldBe(words[3].GetProperty("start").GetDouble());
    }

    [Fact]
    public async Task Words_alone_leave_the_segments_null()
    {
        Reply reply = await TranscribeAsync(
            (await SpeakAsync("One two.")).Bytes,
            ("response_format", "verbose_json"),
            ("timestamp_granularities[]", "word")
        );

        reply.Json.GetProperty("segments").ValueKind.ShouldBe(JsonValueKind.Null);
        reply.Json.GetProperty("words").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Text_comes_as_plain_text_and_a_translation_names_its_task()
    {
        byte[] wav = (await SpeakAsync("Good day.")).Bytes;

        Reply text = await TranscribeAsync(wav, ("response_format", "text"));
        Reply verbose = await SendAsync(
            Translations,
            "whisper-large-v3",
            "a.wav",
            wav,
            ("response_format", "verbose_json")
        );

        text.ContentType.ShouldBe("text/plain; charset=utf-8");
        text.Text.ShouldBe("Good day.");
        verbose.Json.GetProperty("task").GetString().ShouldBe("translate");
        verbose.Json.GetProperty("text").GetString().ShouldBe("Good day.");
    }

    [Fact]
    public async Task Audio_of_another_kind_gets_a_repeatable_transcript()
    {
        byte[] mp3 = [0xFF, 0xFB, .. Enumerable.Range(0, 64_000).Select(i => (byte)(i * 31))];

        Reply first = await SendAsync(Transcriptions, "whisper-large-v3-turbo", "a.mp3", mp3);
        Reply again = await SendAsync(Transcriptions, "whisper-large-v3-turbo", "b.M4A", mp3);

        first.Json.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
        again.Json.GetProperty("text").GetString().ShouldBe(first.Json.GetProperty("text").GetString());
    }

    [Fact]
    public async Task A_url_stands_for_a_file()
    {
        byte[] wav = (await SpeakAsync("From an address.")).Bytes;

        Reply data = await SendAsync(
            Transcriptions,
            "whisper-large-v3",
            null,
            [],
            ("url", "data:audio/wav;base64," + Convert.ToBase64String(wav))
        );
        Reply web = await SendAsync(Transcriptions, "whisper-large-v3", null, [], ("url", "https://example.com/a.mp3"));

        data.Json.GetProperty("text").GetString().ShouldBe("From an address.");
        web.Json.GetProperty("text").GetString().ShouldNotBeNullOrWhiteSpace();
    }

    [Theory]
    [InlineData("a.txt", "whisper-large-v3", "", "", "file")]
    [InlineData("a", "whisper-large-v3", "", "", "file")]
    [InlineData("a.oga", "whisper-large-v3", "", "", "file")]
    [InlineData(null, "whisper-large-v3", "", "", "file")]
    [InlineData("a.wav", "whisper-large-v3", "url", "https://a/b", "file")]
    [InlineData(null, "whisper-large-v3", "url", "ftp://a/b", "url")]
    [InlineData(null, "whisper-large-v3", "url", "data:audio/wav;base64,&&", "url")]
    [InlineData("a.wav", "openai/gpt-oss-20b", "", "", "model")]
    [InlineData("a.wav", "", "", "", "model")]
    [InlineData("a.wav", "whisper-large-v3", "language", "xx", "language")]
    [InlineData("a.wav", "whisper-large-v3", "response_format", "srt", "response_format")]
    [InlineData("a.wav", "whisper-large-v3", "temperature", "2", "temperature")]
    [InlineData("a.wav", "whisper-large-v3", "temperature", "warm", "temperature")]
    [InlineData("a.wav", "whisper-large-v3", "timestamp_granularities[]", "word", "timestamp_granularities")]
    [InlineData("a.wav", "whisper-large-v3", "colour", "blue", "colour")]
    public async Task A_mistake_in_a_form_names_the_field(
        string? name,
        string model,
        string field,
        string value,
        string param
    )
    {
        (string, string)[] fields = field.Length > 0 ? [(field, value)] : [];

        Reply reply = await SendAsync(Transcriptions, model, name, [.. "RIFF"u8], fields);

        reply.Status.ShouldBe(400, reply.Text);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
        GroqContract.ValidateError(reply.Text).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("<html>not audio</html>")]
    [InlineData("{}")]
    [InlineData("x")]
    public async Task A_file_that_only_sounds_like_audio_by_its_name_is_refused(string content)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(content);

        Reply file = await SendAsync(Transcriptions, "whisper-large-v3", "a.mp3", bytes);
        Reply data = await SendAsync(
            Transcriptions,
            "whisper-large-v3",
            null,
            [],
            ("url", "data:audio/mpeg;base64," + Convert.ToBase64String(bytes))
        );

        file.Status.ShouldBe(400);
        file.Error.GetProperty("param").GetString().ShouldBe("file");
        file.Error.GetProperty("message").GetString()!.ShouldContain("valid media file");
        data.Error.GetProperty("param").GetString().ShouldBe("url");
    }

    [Fact]
    public async Task A_file_of_more_than_25_MB_is_too_large()
    {
        byte[] wav = new byte[25 * 1024 * 1024 + 1];
        "RIFF"u8.CopyTo(wav);

        Reply over = await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", wav);
        Reply at = await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", wav[..^1]);

        over.Status.ShouldBe(413);
        at.Status.ShouldBe(200, at.Text);
    }

    [Fact]
    public async Task The_turbo_model_does_not_translate()
    {
        Reply reply = await SendAsync(Translations, "whisper-large-v3-turbo", "a.wav", [.. "RIFF"u8]);

        reply.Error.GetProperty("param").GetString().ShouldBe("model");
    }

    [Fact]
    public async Task A_body_that_is_no_form_is_refused()
    {
        Reply json = await sim.SendAsync("POST", Transcriptions, "{}");
        using var broken = new HttpRequestMessage(HttpMethod.Post, Transcriptions)
        {
            Content = new StringContent("--x\r\nnonsense"),
        };
        broken.Content.Headers.Remove("Content-Type");
        broken.Content.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");

        json.Error.GetProperty("param").GetString().ShouldBe("content-type");
        (await sim.SendAsync(broken)).Error.GetProperty("param").GetString().ShouldBe("body");
    }

    [Theory]
    [InlineData("""{"input":"a","voice":"troy"}""", "model")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","voice":"troy"}""", "input")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","input":"","voice":"troy"}""", "input")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","input":"a"}""", "voice")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","input":"a","voice":"fahad"}""", "voice")]
    [InlineData(
        """{"model":"canopylabs/orpheus-v1-english","input":"a","voice":"troy","response_format":"mp3"}""",
        "response_format"
    )]
    [InlineData(
        """{"model":"canopylabs/orpheus-v1-english","input":"a","voice":"troy","sample_rate":9000}""",
        "sample_rate"
    )]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","input":"a","voice":"troy","speed":9}""", "speed")]
    [InlineData("""{"model":"canopylabs/orpheus-v1-english","input":"a","voice":"troy","x":9}""", "x")]
    [InlineData("""{"model":"whisper-large-v3","input":"a","voice":"troy"}""", "model")]
    public async Task A_mistake_in_a_speech_request_names_the_field(string body, string param)
    {
        Reply reply = await sim.SendAsync("POST", SpeechPath, body);

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe(param);
    }

    [Fact]
    public async Task Text_above_200_characters_is_refused()
    {
        (await SpeakAsync(new string('a', 200))).Status.ShouldBe(200);
        Reply reply = await SpeakAsync(new string('a', 201));

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("param").GetString().ShouldBe("input");
    }

    [Fact]
    public async Task Terms_that_nobody_accepted_are_a_fault()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            SpeechPath,
            """{"model":"sim/model-terms","input":"a","voice":"troy"}"""
        );

        reply.Status.ShouldBe(400);
        reply.Error.GetProperty("code").GetString().ShouldBe("model_terms_required");
    }

    [Fact]
    public async Task Seconds_of_audio_are_counted_with_ten_at_least()
    {
        await using Sim limited = await Sim.StartAsync(
            new SimulatorOptions
            {
                TimeProvider = new ManualTimeProvider(),
                RateLimits = RateLimitPlan.Custom,
                CustomLimits = new ModelLimits { AudioSecondsPerHour = 25 },
            }
        );
        byte[] wav = new WavFile(8_000, new short[8_000]).ToBytes();

        Reply first = await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", wav, limited);
        await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", wav, limited);
        Reply third = await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", wav, limited);
        byte[] minute = new WavFile(8_000, new short[60 * 8_000]).ToBytes();
        Reply tooLong = await SendAsync(Transcriptions, "whisper-large-v3", "a.wav", minute, limited);

        first.Headers["x-ratelimit-limit-audio-seconds"].ShouldBe("25");
        first.Headers["x-ratelimit-remaining-audio-seconds"].ShouldBe("15");
        first.Headers["x-ratelimit-reset-audio-seconds"].ShouldBe("24m0s");
        third.Status.ShouldBe(429);
        third.Error.GetProperty("type").GetString().ShouldBe("seconds");
        third.Error.GetProperty("message").GetString()!.ShouldContain("(ASPH): Limit 25, Used 20, Requested 10.");
        tooLong.Status.ShouldBe(413);
    }

    private Task<Reply> SpeakAsync(string text, string more = "") =>
        sim.SendAsync(
            "POST",
            SpeechPath,
            $$"""{"model":"canopylabs/orpheus-v1-english","voice":"troy","input":"{{text}}"{{more}}}"""
        );

    private Task<Reply> TranscribeAsync(byte[] audio, params (string, string)[] fields) =>
        SendAsync(Transcriptions, "whisper-large-v3", "speech.wav", audio, fields);

    private Task<Reply> SendAsync(
        string path,
        string model,
        string? name,
        byte[] audio,
        params (string, string)[] fields
    ) => SendAsync(path, model, name, audio, sim, fields);

    private static async Task<Reply> SendAsync(
        string path,
        string model,
        string? name,
        byte[] audio,
        Sim sim,
        params (string Name, string Value)[] fields
    )
    {
        using var form = new MultipartFormDataContent { { new StringContent(model), "model" } };
        if (name is not null)
            form.Add(new ByteArrayContent(audio), "file", name);
        foreach ((string field, string value) in fields)
            form.Add(new StringContent(value), field);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        return await sim.SendAsync(request);
    }
}
