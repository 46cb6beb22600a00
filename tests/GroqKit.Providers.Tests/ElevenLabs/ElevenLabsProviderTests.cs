using System.Text;
using GroqKit.Providers.Configuration;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.ElevenLabs;

[Requirement("PR-04")]
public sealed class ElevenLabsProviderTests : IAsyncLifetime
{
    private VoiceServer _server = null!;
    private ProviderSet _set = null!;

    private IProvider Provider => _set.All[0];

    public async ValueTask InitializeAsync()
    {
        _server = await VoiceServer.StartAsync();
        _set = ProviderRegistry.Default.Create([_server.Options]);
    }

    public async ValueTask DisposeAsync()
    {
        _set.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Voice_form_speed_and_language_go_where_the_vendor_reads_them()
    {
        TextToSpeechResponse spoken = await Provider
            .CreateTextToSpeechClient()
            .GetAudioAsync(
                "Hallo.",
                new TextToSpeechOptions
                {
                    VoiceId = "warm",
                    AudioFormat = "audio/pcm",
                    Speed = 3,
                    Language = "de-DE",
                }
            );

        _server.LastTarget.ShouldBe("/v1/text-to-speech/voice-2?output_format=pcm_24000");
        _server.LastBody.ShouldBe(
            """{"text":"Hallo.","model_id":"eleven_flash_v2_5","language_code":"de","voice_settings":{"speed":1.2}}"""
        );
        _server.LastKey.ShouldBe("test-key");
        spoken.Usage!.AdditionalCounts![UsageCounts.MilliCredits].ShouldBe(6000);
        spoken.AdditionalProperties![SpeechProperties.SampleRate].ShouldBe(24_000);
    }

    [Fact]
    public async Task Samples_that_begin_as_an_MP3_file_does_are_the_samples_that_they_are_said_to_be()
    {
        // A first sample of -1 is enough.
        byte[] samples = [0xFF, 0xFF, 0x10, 0x00, .. new byte[4_000]];

        await Provider
            .CreateSpeechToTextClient()
            .GetTextAsync(new MemoryStream(samples), new SpeechToTextOptions { SpeechSampleRate = 16_000 });

        _server.LastBody.ShouldContain("filename=\"audio.wav\"");
        _server.LastBody.ShouldContain("RIFF");
    }

    [Fact]
    public async Task An_MP3_file_without_a_tag_stays_one_though_a_rate_is_named()
    {
        byte[] frame = [0xFF, 0xFB, 0x90, 0x64, .. new byte[413]];

        await Provider
            .CreateSpeechToTextClient()
            .GetTextAsync(
                new MemoryStream([.. frame, .. frame, .. frame]),
                new SpeechToTextOptions { SpeechSampleRate = 16_000 }
            );

        _server.LastBody.ShouldContain("filename=\"audio.mp3\"");
        _server.LastBody.ShouldNotContain("RIFF");
    }

    [Fact]
    public async Task Transcripts_tell_language_confidence_duration_and_phrases()
    {
        SpeechToTextResponse heard = await Provider
            .CreateSpeechToTextClient()
            .GetTextAsync(new MemoryStream("RIFF    WAVE"u8.ToArray()));

        heard.Text.ShouldBe("Hello there. Good day.");
        heard.AdditionalProperties![SpeechProperties.LanguageCode].ShouldBe("en");
        heard
            .AdditionalProperties[SpeechProperties.Confidence]
            .ShouldBeOfType<double>()
            .ShouldBe((Math.Exp(-0.1) + Math.Exp(-0.3) + 2) / 4, 1e-9);
        heard.EndTime.ShouldBe(TimeSpan.FromSeconds(1.5));
        heard.Usage!.AdditionalCounts![UsageCounts.AudioMilliseconds].ShouldBe(1500);
        _server.LastBody.ShouldContain("filename=\"audio.wav\"");
    }

    [Fact]
    public async Task Text_in_pieces_is_spoken_word_by_word_over_the_socket()
    {
        ITextStreamToSpeech speaker = Provider
            .CreateTextToSpeechClient()
            .GetService<ITextStreamToSpeech>()
            .ShouldNotBeNull();

        List<TextToSpeechResponseUpdate> updates = await speaker
            .SpeakAsync(Pieces("He", "llo th", "ere", "."))
            .ToListAsync();

        _server.Frames.ShouldBe([" ", "Hello ", "there. ", ""]);
        string.Concat(
                updates
                    .SelectMany(update => update.Contents)
                    .OfType<DataContent>()
                    .Select(sound => Encoding.UTF8.GetString(sound.Data.Span))
            )
            .ShouldBe("Hello there. ");
        updates[^1]
            .Contents.OfType<UsageContent>()
            .ShouldHaveSingleItem()
            .Details.AdditionalCounts![UsageCounts.Characters]
            .ShouldBe(12);
        _server.LastTarget.ShouldStartWith("/v1/text-to-speech/voice-1/stream-input?model_id=eleven_flash_v2_5");
    }

    [Fact]
    public async Task An_error_on_the_socket_is_named()
    {
        _server.SocketError = """{"message":"All gone.","error":"quota_exceeded","code":1008}""";
        ITextStreamToSpeech speaker = Provider.CreateTextToSpeechClient().GetService<ITextStreamToSpeech>()!;

        ProviderException error = await Should.ThrowAsync<ProviderException>(async () =>
            await speaker.SpeakAsync(Pieces("one two ")).ToListAsync()
        );

        error.Failure.ShouldBe(ProviderFailure.QuotaExhausted);
    }

    [Theory]
    [InlineData(401, """{"detail":{"code":"quota_exceeded","message":"m"}}""", ProviderFailure.QuotaExhausted)]
    [InlineData(401, """{"detail":{"status":"invalid_api_key","message":"m"}}""", ProviderFailure.Authentication)]
    [InlineData(
        401,
        """{"detail":{"code":"unauthorized","status":"missing_permissions"}}""",
        ProviderFailure.Permission
    )]
    [InlineData(403, """{"detail":{"status":"invalid_output_format"}}""", ProviderFailure.CallerMistake)]
    [InlineData(429, """{"detail":{"status":"system_busy"}}""", ProviderFailure.Overloaded)]
    [InlineData(429, """{"detail":{"code":"concurrent_limit_exceeded"}}""", ProviderFailure.RateLimited)]
    [InlineData(
        422,
        """{"detail":[{"loc":["body","text"],"msg":"required","type":"missing"}]}""",
        ProviderFailure.CallerMistake
    )]
    [InlineData(500, """{"detail":"broken"}""", ProviderFailure.Server)]
    [InlineData(503, "<html>", ProviderFailure.Overloaded)]
    public async Task Errors_are_read_in_every_shape(int status, string body, ProviderFailure failure)
    {
        _server.Refusal = (status, body);

        ProviderException error = await Should.ThrowAsync<ProviderException>(() =>
            Provider.CreateTextToSpeechClient().GetAudioAsync("Hello.")
        );

        error.Failure.ShouldBe(failure);
        error.RequestId.ShouldBe("req-1");
    }

    [Fact]
    public async Task Listing_names_the_models_that_speak() =>
        (await Provider.ListModelsAsync()).ShouldHaveSingleItem().Id.ShouldBe("eleven_flash_v2_5");

    [Fact]
    public void Chat_is_not_among_its_services() =>
        Should.Throw<NotSupportedException>(() => Provider.CreateChatClient()).Message.ShouldContain("llm");

    private static async IAsyncEnumerable<string> Pieces(params string[] pieces)
    {
        foreach (string piece in pieces)
        {
            await Task.Yield();
            yield return piece;
        }
    }
}
