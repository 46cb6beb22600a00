using System.Text.Json;
using GroqKit.Simulator.Audio;

namespace GroqKit.Simulator.Tests.ElevenLabs;

[Requirement("PR-05")]
public sealed class ElevenLabsTests(Sim sim) : IClassFixture<Sim>
{
    private const string Root = "/sim/elevenlabs";
    private const string Voice = "JBFqnCBsd6RMkjVDRZzb";
    private const string Speech = $"{Root}/v1/text-to-speech/{Voice}";
    private const string Sentence = "Good morning, Oslo! It is 21 degrees.";

    private static readonly (string, string) Key = ("xi-api-key", "sk_test");

    [Theory]
    [InlineData("mp3_44100_128", "audio/mpeg")]
    [InlineData("wav_24000", "audio/wav")]
    [InlineData("opus_48000_64", "audio/opus")]
    public async Task Spoken_words_are_heard_again(string format, string type)
    {
        Reply spoken = await SpeakAsync($"?output_format={format}");
        Reply heard = await HearAsync(spoken.Bytes);

        spoken.ContentType.ShouldBe(type);
        spoken.Headers["character-cost"].ShouldBe(Sentence.Length.ToString());
        spoken.Headers["request-id"].ShouldStartWith("req_");
        heard.Json.GetProperty("text").GetString().ShouldBe(Sentence);
        heard.Json.GetProperty("language_code").GetString().ShouldBe("eng");
        JsonElement[] words = [.. heard.Json.GetProperty("words").EnumerateArray()];
        words.Count(word => word.GetProperty("type").GetString() == "word").ShouldBe(7);
        words.Count(word => word.GetProperty("type").GetString() == "spacing").ShouldBe(6);
    }

    [Fact]
    public async Task Raw_samples_of_the_stream_are_heard_too()
    {
        Reply spoken = await SpeakAsync("/stream?output_format=pcm_16000");
        Reply heard = await HearAsync(spoken.Bytes, ("file_format", "pcm_s16le_16"));
        Reply atGroq = await HearAtGroqAsync(new WavFile(16_000, Samples(spoken.Bytes)).ToBytes());

        heard.Json.GetProperty("text").GetString().ShouldBe(Sentence);
        atGroq.Json.GetProperty("text").GetString().ShouldBe(Sentence);
    }

    [Fact]
    public async Task Timestamps_cover_every_character_in_order()
    {
        Reply reply = await SpeakAsync("/with-timestamps?output_format=pcm_24000");

        JsonElement alignment = reply.Json.GetProperty("alignment");
        string.Concat(alignment.GetProperty("characters").EnumerateArray().Select(c => c.GetString()))
            .ShouldBe(Sentence);
        double[] starts = Numbers(alignment, "character_start_times_seconds");
        double[] ends = Numbers(alignment, "character_end_times_seconds");
        starts.ShouldBe(starts.Order());
        starts.Zip(ends, (start, end) => end - start).ShouldAllBe(length => length >= 0);
        double seconds = reply.Json.GetProperty("audio_base64").GetBytesFromBase64().Length / 48_000.0;
        // The pause behind the last sentence belongs to no character.
        ends[^1].ShouldBeInRange(seconds - 0.5, seconds + 0.01);
    }

    [Fact]
    public async Task Streamed_timestamps_come_as_lines()
    {
        Reply reply = await SpeakAsync("/stream/with-timestamps?output_format=mp3_44100_128");

        JsonElement[] lines =
        [
            .. reply.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)),
        ];
        lines.Length.ShouldBe(2);
        byte[] joined = [.. lines.SelectMany(line => line.GetProperty("audio_base64").GetBytesFromBase64())];
        Reply heard = await HearAsync(joined);
        heard.Json.GetProperty("text").GetString().ShouldBe(Sentence);
    }

    [Theory]
    [InlineData("", "{\"model_id\":\"eleven_v3\"}", 422, null)]
    [InlineData("", "{\"text\":\"a\",\"model_id\":\"none\"}", 400, "model_not_found")]
    [InlineData("?output_format=mp3_1", "{\"text\":\"a\"}", 403, "invalid_output_format")]
    [InlineData("/stream?output_format=wav_24000", "{\"text\":\"a\"}", 403, "invalid_output_format")]
    [InlineData("", "{\"text\":\"a\",\"voice_settings\":{\"speed\":2}}", 400, "invalid_voice_settings")]
    [InlineData(
        "",
        "{\"text\":\"a\",\"model_id\":\"eleven_flash_v2\",\"language_code\":\"de\"}",
        400,
        "unsupported_language"
    )]
    [InlineData("", "{\"text\":\"a\",\"model_id\":\"eleven_v3\",\"previous_text\":\"b\"}", 400, "invalid_parameters")]
    public async Task A_mistake_has_its_code(string path, string body, int status, string? code)
    {
        Reply reply = await sim.SendAsync("POST", Speech + path, body, Key);

        reply.Status.ShouldBe(status, reply.Text);
        JsonElement detail = reply.Json.GetProperty("detail");
        if (code is null)
            detail[0].GetProperty("loc")[1].GetString().ShouldBe("text");
        else
            detail.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_text_above_the_models_limit_has_both_codes()
    {
        Reply reply = await sim.SendAsync(
            "POST",
            Speech,
            $$"""{"text":"{{new string('a', 5_001)}}","model_id":"eleven_v3"}""",
            Key
        );

        reply.Status.ShouldBe(400);
        JsonElement detail = reply.Json.GetProperty("detail");
        detail.GetProperty("code").GetString().ShouldBe("text_too_long");
        detail.GetProperty("status").GetString().ShouldBe("max_character_limit_exceeded");
    }

    [Fact]
    public async Task Keys_and_voices_are_checked()
    {
        Reply none = await sim.SendAsync("GET", $"{Root}/v1/models");
        Reply wrong = await sim.SendAsync("GET", $"{Root}/v1/models", null, ("xi-api-key", "invalid"));
        Reply voice = await sim.SendAsync("POST", $"{Root}/v1/text-to-speech/none", """{"text":"a"}""", Key);

        none.Status.ShouldBe(401);
        none.Json.GetProperty("detail").GetProperty("status").GetString().ShouldBe("needs_authorization");
        wrong.Json.GetProperty("detail").GetProperty("status").GetString().ShouldBe("invalid_api_key");
        voice.Status.ShouldBe(404);
        voice.Json.GetProperty("detail").GetProperty("status").GetString().ShouldBe("voice_not_found");
    }

    [Fact]
    public async Task Lists_have_the_vendors_shapes()
    {
        Reply models = await sim.SendAsync("GET", $"{Root}/v1/models", null, Key);
        Reply voices = await sim.SendAsync("GET", $"{Root}/v1/voices", null, Key);
        Reply page = await sim.SendAsync("GET", $"{Root}/v2/voices?page_size=5", null, Key);
        string token = page.Json.GetProperty("next_page_token").GetString()!;
        Reply rest = await sim.SendAsync("GET", $"{Root}/v2/voices?page_size=5&next_page_token={token}", null, Key);
        Reply account = await sim.SendAsync("GET", $"{Root}/v1/user/subscription", null, Key);

        models.Json.ValueKind.ShouldBe(JsonValueKind.Array);
        int all = voices.Json.GetProperty("voices").GetArrayLength();
        page.Json.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        rest.Json.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        (5 + rest.Json.GetProperty("voices").GetArrayLength()).ShouldBe(all);
        account.Json.GetProperty("character_limit").GetInt32().ShouldBe(121_000);
    }

    [Theory]
    [InlineData("429", 429, "rate_limit_exceeded")]
    [InlineData("503", 503, "system_busy")]
    [InlineData("401", 401, "invalid_api_key")]
    public async Task Faults_wear_the_vendors_form(string fault, int status, string code)
    {
        Reply byHeader = await sim.SendAsync("POST", Speech, Body(), Key, ("x-sim-fault", fault));
        Reply byModel = await sim.SendAsync("POST", Speech, Body($"sim/{fault}"), Key);

        foreach (Reply reply in new[] { byHeader, byModel })
        {
            reply.Status.ShouldBe(status);
            reply.Json.GetProperty("detail").GetProperty("code").GetString().ShouldBe(code);
        }
    }

    [Fact]
    public async Task Audio_can_be_silent_or_missing()
    {
        Reply silent = await sim.SendAsync(
            "POST",
            $"{Speech}?output_format=pcm_24000",
            Body(),
            Key,
            ("x-sim-fault", "silent")
        );
        Reply empty = await sim.SendAsync("POST", Speech, Body(), Key, ("x-sim-fault", "empty"));

        silent.Bytes.Length.ShouldBeGreaterThan(24_000);
        silent.Bytes.ShouldAllBe(value => value == 0);
        empty.Status.ShouldBe(200);
        empty.Bytes.ShouldBeEmpty();
    }

    private static string Body(string model = "eleven_multilingual_v2") =>
        $$"""{"text":"{{Sentence}}","model_id":"{{model}}"}""";

    private Task<Reply> SpeakAsync(string path) => sim.SendAsync("POST", Speech + path, Body(), Key);

    private Task<Reply> HearAsync(byte[] audio, params (string Name, string Value)[] fields) =>
        UploadAsync($"{Root}/v1/speech-to-text", audio, [("model_id", "scribe_v2"), .. fields]);

    private Task<Reply> HearAtGroqAsync(byte[] audio) =>
        UploadAsync("/openai/v1/audio/transcriptions", audio, [("model", "whisper-large-v3-turbo")]);

    private async Task<Reply> UploadAsync(string path, byte[] audio, (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value), name);
        form.Add(new ByteArrayContent(audio), "file", "a.wav");
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        request.Headers.Add("xi-api-key", "sk_test");
        return await sim.SendAsync(request);
    }

    private static short[] Samples(byte[] bytes) =>
        System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(bytes).ToArray();

    private static double[] Numbers(JsonElement alignment, string name) =>
        [.. alignment.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
