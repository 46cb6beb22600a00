using System.Text.Json;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14", "CL-22")]
public sealed class SpeechToTextRulesTests
{
    private static readonly AudioInput Good = AudioInput.FromBytes("fLaC...."u8.ToArray());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string, string, SpeechToTextRequest> Bad =>
        new()
        {
            { "file", "is missing", Request(null!) },
            { "file", "is empty", Request(AudioInput.FromBytes(default)) },
            { "file", "is empty", Request(AudioInput.FromStream(new SlicedStream([], 1))) },
            { "file", "does not exist", Request(AudioInput.FromFile("/nowhere/talk.mp3")) },
            { "file", "is a directory", Request(AudioInput.FromFile(Path.GetTempPath())) },
            { "file", "cannot be read", Request(AudioInput.FromStream(Closed())) },
            { "file", "at most 26214400", Request(AudioInput.FromStream(new LongStream(26_214_401))) },
            { "file", "at most 3", Request(Good) with { MaxUploadBytes = 3 } },
            { "file", "MaxUploadBytes", Request(Good) with { MaxUploadBytes = 0 } },
            { "file", "AIFF", Request(AudioInput.FromBytes("FORM....AIFFCOMM"u8.ToArray(), "talk.aiff")) },
            { "file", "'talk.txt'", Request(AudioInput.FromBytes("Hello there"u8.ToArray(), "talk.txt")) },
            { "file", "neither from a file name nor", Request(AudioInput.FromBytes("Hello there"u8.ToArray())) },
            { "url", "is empty", Request(AudioInput.FromUrl("")) },
            { "url", "must begin with https", Request(AudioInput.FromUrl("http://example.com/a.mp3")) },
            { "url", "must begin with https", Request(AudioInput.FromUrl("file:///etc/passwd")) },
            { "url", "neither an absolute address", Request(AudioInput.FromUrl("not an address")) },
            { "url", "not in base64", Request(AudioInput.FromUrl("data:audio/wav,abc")) },
            { "model", "is missing", Request(Good) with { Model = "" } },
            { "model", "must not contain spaces", Request(Good) with { Model = "whisper large" } },
            { "model", "is a model for chat", Request(Good) with { Model = "openai/gpt-oss-120b" } },
            { "model", "is a model for speech", Request(Good) with { Model = "canopylabs/orpheus-v1-english" } },
            { "model", "does not translate", Translation() with { Model = "whisper-large-v3-turbo" } },
            { "language", "must be en", Translation() with { Language = "de" } },
            { "language", "ISO 639-1", Transcription() with { Language = "English" } },
            { "language", "ISO 639-1", Transcription() with { Language = "en-US" } },
            { "language", "ISO 639-1", Transcription() with { Language = "" } },
            { "prompt", "225 words", Request(Good) with { Prompt = string.Join(' ', Enumerable.Repeat("x", 225)) } },
            { "temperature", "0 to 1", Request(Good) with { Temperature = 1.1 } },
            { "temperature", "0 to 1", Request(Good) with { Temperature = -0.1 } },
            { "temperature", "0 to 1", Request(Good) with { Temperature = double.NaN } },
            { "response_format", "ToSrt()", Request(Good) with { ResponseFormat = "srt" } },
            { "response_format", "ToVtt()", Request(Good) with { ResponseFormat = "vtt" } },
            { "response_format", "is empty", Request(Good) with { ResponseFormat = "" } },
            {
                "timestamp_granularities",
                "verbose_json",
                Transcription() with
                {
                    ResponseFormat = TranscriptionFormat.Json,
                    TimestampGranularities = [TimestampGranularity.Word],
                }
            },
            { "timestamp_granularities", "must have an entry", Transcription() with { TimestampGranularities = [] } },
            {
                "timestamp_granularities[1]",
                "is empty",
                Transcription() with
                {
                    TimestampGranularities = [TimestampGranularity.Word, ""],
                }
            },
            { "model", "has a property for it", Request(Good) with { ExtraBody = Extra("model") } },
            { "extra_body", "plain letters", Request(Good) with { ExtraBody = Extra("a\r\nb") } },
            { "x", "no value", Request(Good) with { ExtraBody = new() { ["x"] = default } } },
        };

    [Theory]
    [MemberData(nameof(Bad), DisableDiscoveryEnumeration = true)]
    public async Task Bad_input_is_refused_by_name_and_nothing_is_sent(
        string parameter,
        string reason,
        SpeechToTextRequest request
    )
    {
        var transport = new ScriptedHandler();
        using GroqClient client = Clients.For(transport);

        var error = await Should.ThrowAsync<GroqValidationException>(() =>
            request switch
            {
                TranscriptionRequest transcription => client.Audio.Transcriptions.CreateAsync(
                    transcription,
                    cancellationToken: Token
                ),
                _ => client.Audio.Translations.CreateAsync((TranslationRequest)request, cancellationToken: Token),
            }
        );

        error.Parameter.ShouldBe(parameter);
        error.Message.ShouldStartWith(parameter.Split('[')[0]);
        error.Message.ShouldContain(reason);
        error.Status.ShouldBeNull();
        error.Attempts.ShouldBe(0);
        transport.Calls.ShouldBe(0);
    }

    [Fact]
    public void There_is_a_bad_case_for_every_parameter() =>
        Bad.Select(row => row.Data.Item1).Distinct().Count().ShouldBeGreaterThanOrEqualTo(11);

    [Theory]
    [InlineData("http://127.0.0.1:9100/a.mp3")]
    [InlineData("https://example.com/a.mp3?signature=a:b")]
    [InlineData("data:audio/wav;base64,UklGRg==")]
    [InlineData("UklGRg_-")]
    public async Task An_address_that_Groq_can_fetch_or_decode_is_sent(string url)
    {
        ScriptedHandler transport = new ScriptedHandler().Next(200, """{"text":"hi"}""");
        using GroqClient client = Clients.For(transport);

        Transcription answer = await client.Audio.Transcriptions.CreateAsync(
            new TranscriptionRequest { Audio = AudioInput.FromUrl(url), Model = "whisper-of-tomorrow" },
            cancellationToken: Token
        );

        answer.Text.ShouldBe("hi");
    }

    [Fact]
    public void What_an_input_shows_of_itself_is_never_its_content()
    {
        AudioInput.FromBytes(new byte[] { 1, 2 }, "talk.mp3").ToString().ShouldBe("talk.mp3");
        AudioInput.FromBytes(new byte[] { 1, 2 }).ToString().ShouldBe("audio");
        AudioInput.FromUrl("https://a.b/c.mp3").ToString().ShouldBe("https://a.b/c.mp3");
        AudioInput.FromUrl("data:audio/wav;base64,UklGRg==").ToString().ShouldBe("data");
    }

    private static TranscriptionRequest Request(AudioInput audio) => new() { Audio = audio };

    private static TranscriptionRequest Transcription() => Request(Good);

    private static TranslationRequest Translation() => new() { Audio = Good };

    private static Dictionary<string, JsonElement> Extra(string name) =>
        new() { [name] = JsonSerializer.SerializeToElement(1) };

    private static MemoryStream Closed()
    {
        var stream = new MemoryStream([1]);
        stream.Dispose();
        return stream;
    }

    private sealed class LongStream(long length) : MemoryStream([1])
    {
        public override long Length => length;
    }
}
