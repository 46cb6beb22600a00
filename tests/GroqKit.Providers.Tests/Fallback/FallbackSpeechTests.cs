using System.Text;
using GroqKit.Providers.Configuration;
using GroqKit.Providers.Fallback;
using GroqKit.Providers.Fallback.Speech;
using GroqKit.Providers.Tests.Played;
using Microsoft.Extensions.AI;

namespace GroqKit.Providers.Tests.Fallback;

[Requirement("PR-09")]
public sealed class FallbackSpeechTests
{
    private static readonly byte[] Loud = [.. Enumerable.Repeat(new byte[] { 0x00, 0x20 }, 500).SelectMany(b => b)];

    private readonly FallbackEngine _engine = new(timeProvider: new ManualTimeProvider(), randomness: () => 0.5);
    private readonly FallbackTrace _trace = new();

    [Fact]
    public async Task Silence_counts_as_a_failure_of_the_provider()
    {
        var mute = new PlayedProvider("mute", [Sound(new byte[1000])]);
        var good = new PlayedProvider("good", [Sound(Loud)]);

        byte[] heard = await ListenAsync(mute, good);

        heard.ShouldBe(Loud);
        _trace.Steps[0].Failure.ShouldBe(ProviderFailure.Malformed);
        _trace.Steps[0].Reason!.ShouldContain("silence");
    }

    [Fact]
    public async Task No_sound_at_all_counts_as_a_failure_of_the_provider()
    {
        var empty = new PlayedProvider("empty", [new Act.Nothing()]);
        var good = new PlayedProvider("good", [Sound(Loud)]);

        (await ListenAsync(empty, good)).ShouldBe(Loud);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_missing_voice_is_that_providers_failure_alone(bool whole)
    {
        using ProviderSet voiceless = ProviderRegistry.Default.Create([
            new()
            {
                Name = "voices",
                Kind = "elevenlabs",
                ApiKey = "key",
                BaseUrl = "http://127.0.0.1:1",
            },
        ]);
        var good = new PlayedProvider("good", [Sound(Loud)]);
        using FallbackTextToSpeechClient chain = _engine.CreateTextToSpeechClient([
            new(voiceless.All[0], "eleven_flash_v2_5"),
            new(good, "m"),
        ]);

        if (whole)
            await chain.GetAudioAsync("Hello.", null, _trace);
        else
            await chain.GetStreamingAudioAsync("Hello.", null, _trace).ToListAsync();

        _trace.Steps[0].Outcome.ShouldBe(FallbackStepOutcome.Failed);
        _trace.Steps[0].Reason!.ShouldStartWith("voice: is missing");
        _trace.Served!.Provider.ShouldBe("good");
    }

    [Fact]
    public async Task A_pause_before_the_first_word_is_kept()
    {
        var good = new PlayedProvider("good", [Sound(new byte[4000]), Sound(Loud)]);

        (await ListenAsync(good)).Length.ShouldBe(4000 + Loud.Length);
    }

    [Fact]
    public async Task Compressed_sound_is_never_taken_for_silence()
    {
        var mp3 = new PlayedProvider("mp3", [new Act.Say(new DataContent(new byte[100], "audio/mpeg"))]);

        (await ListenAsync(mp3)).Length.ShouldBe(100);
    }

    [Fact]
    public async Task Sound_that_breaks_off_is_one_error_and_is_not_begun_again()
    {
        var first = new PlayedProvider("first", [Sound(Loud), Act.Fail(ProviderFailure.StreamCut)]);
        var second = new PlayedProvider("second", [Sound(Loud)]);

        FallbackException error = await Should.ThrowAsync<FallbackException>(() => ListenAsync(first, second));

        error.Failure.ShouldBe(ProviderFailure.StreamCut);
        second.Calls.ShouldBe(0);
    }

    [Fact]
    public async Task Speech_in_one_piece_falls_back_from_silence_too()
    {
        var mute = new PlayedProvider("mute", [Sound(new byte[1000])]);
        var good = new PlayedProvider("good", [Sound(Loud)]);

        TextToSpeechResponse response = await _engine
            .CreateTextToSpeechClient(Chain(mute, good))
            .GetAudioAsync("hello", null, _trace);

        response.Contents.OfType<DataContent>().Single().Data.ToArray().ShouldBe(Loud);
        _trace.Steps.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Every_provider_is_given_the_whole_recording()
    {
        var first = new PlayedProvider("first", [Act.Fail(ProviderFailure.Server)]);
        var second = new PlayedProvider("second", [Act.Text("what was said")]);
        using var recording = new MemoryStream(Encoding.UTF8.GetBytes("a recording"));

        SpeechToTextResponse response = await _engine
            .CreateSpeechToTextClient(Chain(first, second))
            .GetTextAsync(recording, null, _trace);

        response.Text.ShouldBe("what was said");
        first.Asked.Single()[0].Text.ShouldBe("a recording");
        second.Asked.Single()[0].Text.ShouldBe("a recording");
        recording.CanRead.ShouldBeTrue();
    }

    [Fact]
    public async Task A_transcript_may_be_empty()
    {
        var first = new PlayedProvider("first", [new Act.Nothing()]);

        SpeechToTextResponse response = await _engine
            .CreateSpeechToTextClient(Chain(first))
            .GetTextAsync(new MemoryStream([1]), null, _trace);

        response.Text.ShouldBeEmpty();
    }

    private async Task<byte[]> ListenAsync(params PlayedProvider[] providers)
    {
        var heard = new MemoryStream();
        await foreach (
            TextToSpeechResponseUpdate update in _engine
                .CreateTextToSpeechClient(Chain(providers))
                .GetStreamingAudioAsync("hello", null, _trace)
        )
        {
            foreach (DataContent audio in update.Contents.OfType<DataContent>())
                heard.Write(audio.Data.Span);
        }
        return heard.ToArray();
    }

    private static Act.Say Sound(byte[] samples) => new(new DataContent(samples, "audio/pcm"));

    private static FallbackTarget[] Chain(params PlayedProvider[] providers) =>
        [.. providers.Select(provider => new FallbackTarget(provider, "m"))];
}
