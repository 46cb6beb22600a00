using System.Net;
using System.Text.Json.Nodes;
using GroqKit.Audio;
using GroqKit.Gateway.Tests.Running;

namespace GroqKit.Gateway.Tests.Api.Voice;

/// <summary>Everything that is no speech: one clear error each that names the field, and a gateway that lives on.</summary>
[Requirement("GW-19", "GW-02")]
public sealed class VoiceInputTests : IAsyncLifetime
{
    private const int Megabyte = 1024 * 1024;

    private VoiceStand _stand = null!;

    public async ValueTask InitializeAsync() => _stand = await VoiceStand.StartAsync();

    public ValueTask DisposeAsync() => _stand.DisposeAsync();

    public static TheoryData<string, int, string> Recordings =>
        new()
        {
            { "no bytes", 400, "empty_audio" },
            { "a header without sound", 400, "empty_audio" },
            { "a text", 415, "unsupported_audio" },
            { "a header that ends", 415, "unsupported_audio" },
            { "a header that announces more than comes", 400, "truncated_audio" },
            { "a rate of 7 Hz", 415, "unsupported_audio" },
            { "a rate of 4 GHz", 415, "unsupported_audio" },
            { "300 channels", 415, "unsupported_audio" },
            { "an encoding that nobody knows", 415, "unsupported_audio" },
            { "silence", 422, "no_speech" },
        };

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task A_recording_that_holds_no_speech_is_one_clear_error(string what, int status, string code)
    {
        using HttpResponseMessage answer = await _stand.SendAsync(VoiceStand.Sound(Make(what)));

        JsonObject error = await answer.ErrorAsync();
        ((int)answer.StatusCode).ShouldBe(status);
        error.Text("code").ShouldBe(code);
        error.Text("message").ShouldStartWith("audio: ");
        error.Text("param").ShouldBe("audio");
        await ShouldLiveOnAsync();
    }

    [Fact]
    public async Task A_recording_of_101_megabytes_is_refused_before_all_of_it_came()
    {
        using var endless = new ZeroesContent(101L * Megabyte);
        using HttpResponseMessage answer = await _stand.SendAsync(endless);

        JsonObject error = await answer.ErrorAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        error.Text("code").ShouldBe("audio_too_large");
        error.Text("param").ShouldBe("audio");
        await ShouldLiveOnAsync();
    }

    [Fact]
    public async Task Words_of_more_than_64_kilobytes_are_refused()
    {
        using HttpResponseMessage answer = await _stand.TypeAsync(new string('a', 64 * 1024));

        JsonObject error = await answer.ErrorAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        error.Text("code").ShouldBe("request_too_large");
        error.Text("param").ShouldBe("body");
        await ShouldLiveOnAsync();
    }

    [Theory]
    [InlineData("?format=mp3", "format")]
    [InlineData("?turn=a%20b", "turn")]
    [InlineData("?nice=yes", "nice")]
    [InlineData("?format=wav&format=pcm16", "format")]
    public async Task A_wrong_setting_is_named(string query, string param)
    {
        using HttpResponseMessage answer = await _stand.TypeAsync("Hello.", query);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).Text("param").ShouldBe(param);
    }

    [Theory]
    [InlineData("""{"text":"a","bogus":1}""", "unknown_parameter", "bogus", "text")]
    [InlineData("""{"text":"a","tools":null}""", "invalid_type", "tools", "an array")]
    [InlineData("""{"text":"a","voice":7}""", "invalid_type", "voice", "a string")]
    [InlineData("""{"text":"a","resume":61}""", "invalid_value", "resume", "1 to 60 seconds")]
    public async Task A_member_of_the_wrong_kind_is_told_what_it_should_be(
        string body,
        string code,
        string param,
        string expected
    )
    {
        using HttpResponseMessage answer = await _stand.SendAsync(
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await answer.ErrorAsync();
        error.Text("code").ShouldBe(code);
        error.Text("param").ShouldBe(param);
        error.Text("message").ShouldContain(expected);
    }

    [Theory]
    [InlineData("""{"text":"a","text":"b"}""", "text")]
    [InlineData("""{"text":"a","te\u0078t":"b"}""", "text")]
    [InlineData("""{"voice":"troy","text":"a","voice":"hannah"}""", "voice")]
    public async Task A_member_that_stands_twice_is_refused_by_its_name(string body, string param)
    {
        using HttpResponseMessage answer = await _stand.SendAsync(
            new StringContent(body, System.Text.Encoding.UTF8, "application/json")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await answer.ErrorAsync();
        error.Text("code").ShouldBe("duplicate_parameter");
        error.Text("param").ShouldBe(param);
    }

    [Theory]
    [InlineData(null, "missing_required_parameter", "is required")]
    [InlineData("nonsense", "invalid_value", "can't be read")]
    [InlineData("audio/", "invalid_value", "can't be read")]
    [InlineData("text/plain", "invalid_value", "must be application/json")]
    [InlineData("multipart/form-data", "invalid_form", "boundary")]
    public async Task A_wrong_content_type_is_told_from_none(string? type, string code, string message)
    {
        using var body = new ByteArrayContent("{}"u8.ToArray());
        if (type is not null)
            body.Headers.TryAddWithoutValidation("Content-Type", type);

        using HttpResponseMessage answer = await _stand.SendAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonObject error = await answer.ErrorAsync();
        error.Text("code").ShouldBe(code);
        error.Text("message").ShouldContain(message);
    }

    [Fact]
    public async Task A_body_that_is_packed_is_refused_as_elsewhere()
    {
        using HttpContent body = VoiceStand.Words("Hello.");
        body.Headers.ContentEncoding.Add("gzip");

        using HttpResponseMessage answer = await _stand.SendAsync(body);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);
        (await answer.ErrorAsync()).Text("param").ShouldBe("content-encoding");
    }

    [Theory]
    [InlineData(" \n")]
    [InlineData("\u200b\u200d\ufeff")]
    [InlineData("\u0007")]
    public async Task A_text_of_which_nothing_is_seen_is_refused(string text)
    {
        using HttpResponseMessage answer = await _stand.TypeAsync(text);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.ErrorAsync()).Text("param").ShouldBe("text");
    }

    [Theory]
    [InlineData("voice")]
    [InlineData("nice")]
    [InlineData("audio")]
    public async Task A_field_behind_the_recording_is_refused_by_its_name(string name)
    {
        byte[] question = await _stand.SayAsync("Who comes last?");
        using var form = new MultipartFormDataContent
        {
            { VoiceStand.Sound(question), "audio", "said.wav" },
            { new StringContent("late"), name },
        };

        using HttpResponseMessage answer = await _stand.SendAsync(form);

        JsonObject error = await answer.ErrorAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        error.Text("code").ShouldBe("invalid_value");
        error.Text("param").ShouldBe(name);
        error.Text("message").ShouldContain("behind the recording");
        await ShouldLiveOnAsync();
    }

    [Fact]
    public async Task A_form_that_breaks_off_behind_its_recording_is_one_clear_error()
    {
        byte[] question = await _stand.SayAsync("Is there an end?");
        byte[] head =
            "--cut\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"a.wav\"\r\nContent-Type: audio/wav\r\n\r\n"u8.ToArray();
        using var body = new ByteArrayContent([.. head, .. question]);
        body.Headers.ContentType = System.Net.Http.Headers.MediaTypeHeaderValue.Parse(
            "multipart/form-data; boundary=cut"
        );

        using HttpResponseMessage answer = await _stand.SendAsync(body);

        JsonObject error = await answer.ErrorAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        error.Text("code").ShouldBe("truncated_audio");
        error.Text("param").ShouldBe("audio");
    }

    [Fact]
    public async Task A_form_whose_recording_comes_last_is_heard()
    {
        byte[] question = await _stand.SayAsync("Who comes first?");
        using var form = new MultipartFormDataContent
        {
            { new StringContent("wav_16000"), "format" },
            { VoiceStand.Sound(question), "audio", "said.wav" },
        };

        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.SendAsync(form));

        events.One("transcript.done").Text().ShouldBe("Who comes first?");
        events.One("audio.started").Text("format").ShouldBe("audio/wav");
    }

    private async Task ShouldLiveOnAsync()
    {
        List<JsonObject> events = await VoiceStand.ReadAsync(await _stand.TypeAsync("Are you still there?"));
        events.Outcome().ShouldBe("completed");
    }

    private static byte[] Make(string what)
    {
        byte[] sound = new byte[32_000];
        return what switch
        {
            "no bytes" => [],
            "a header without sound" => Wav(WavFormat.Pcm16(16_000), []),
            "a text" => "I am a text that is called said.wav and longer than any header would be, by far."u8.ToArray(),
            "a header that ends" => Wav(WavFormat.Pcm16(16_000), sound)[..30],
            "a header that announces more than comes" => Wav(WavFormat.Pcm16(16_000), sound)[..2_000],
            "a rate of 7 Hz" => Wav(WavFormat.Pcm16(7), sound),
            "a rate of 4 GHz" => Patched(24, 0xFFFFFFFF),
            "300 channels" => Patched(22, 300 | 1u << 16),
            "an encoding that nobody knows" => Patched(20, 0x1234 | 1u << 16),
            _ => Wav(WavFormat.Pcm16(16_000), sound),
        };

        byte[] Patched(int place, uint value)
        {
            byte[] file = Wav(WavFormat.Pcm16(16_000), sound);
            System.Buffers.Binary.BinaryPrimitives.WriteUInt32LittleEndian(
                file.AsSpan(place),
                place == 22 ? value & 0xFFFF | 16_000u << 16 : value
            );
            return file;
        }
    }

    private static byte[] Wav(WavFormat format, byte[] sound) => new WavAudio(format, sound).ToArray();

    /// <summary>A WAV file of silence that has no end for a long time.</summary>
    private sealed class ZeroesContent : HttpContent
    {
        private readonly long _length;

        public ZeroesContent(long length)
        {
            _length = length;
            Headers.ContentType = new("audio/wav");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(new WavHeader(WavFormat.Pcm16(16_000), DataLength: null).ToArray());
            byte[] piece = new byte[Megabyte];
            for (long sent = 0; sent < _length; sent += piece.Length)
                await stream.WriteAsync(piece);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
