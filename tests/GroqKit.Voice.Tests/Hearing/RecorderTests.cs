using GroqKit.Audio;
using GroqKit.Voice.Hearing;
using GroqKit.Voice.Tests.Sound;

namespace GroqKit.Voice.Tests.Hearing;

[Requirement("GW-19")]
public sealed class RecorderTests
{
    [Fact]
    public async Task Silence_at_both_ends_is_not_sent()
    {
        short[] sound = [.. Tones.Silence(16_000, 3), .. Tones.Sine(16_000, 200, 1), .. Tones.Silence(16_000, 2)];

        Recording recording = await ReadAsync(Wav(16_000, 1, sound));

        recording.HasSpeech.ShouldBeTrue();
        recording.Duration!.Value.TotalSeconds.ShouldBe(6, 0.01);
        recording.Kept!.Value.TotalSeconds.ShouldBe(1.4, 0.06);
    }

    [Fact]
    public async Task Sound_is_sent_at_16_kHz_and_in_one_channel()
    {
        short[] stereo = [.. Tones.Sine(48_000, 200, 1).SelectMany(sample => new[] { sample, sample })];

        Recording recording = await ReadAsync(Wav(48_000, 2, stereo));

        await using WavReader reader = await WavReader.OpenAsync(recording.Open(), cancellationToken: Cancel);
        reader.Format.ShouldBe(WavFormat.Pcm16(16_000));
        reader.Duration!.Value.TotalSeconds.ShouldBe(1, 0.01);
    }

    [Theory]
    [InlineData("audio/pcm;rate=16000", 32_000, 1.0)]
    [InlineData("audio/pcm;rate=8000", 16_000, 1.0)]
    [InlineData("audio/basic", 8_000, 1.0)]
    [InlineData("audio/x-alaw-basic", 8_000, 1.0)]
    [InlineData("audio/pcm;rate=16000;channels=2", 64_001, 1.0)]
    public async Task Bare_samples_are_what_their_media_type_says(string mediaType, int bytes, double seconds)
    {
        byte[] sound = new byte[bytes];
        new Random(3).NextBytes(sound);

        Recording recording = await ReadAsync(sound, mediaType);

        recording.Duration!.Value.TotalSeconds.ShouldBe(seconds, 0.01);
    }

    [Theory]
    [InlineData("audio/pcm;rate=16000", new byte[] { 0xFF, 0xFF, 0x10, 0x00 }, 32_000)]
    [InlineData("audio/pcm;rate=16000", new byte[] { 0xFF, 0xFB, 0x90, 0x00 }, 32_000)]
    [InlineData("audio/basic", new byte[] { 0xFF, 0xFE, 0x20 }, 8_000)]
    public async Task Bare_samples_that_begin_as_an_mp3_file_does_are_samples(string mediaType, byte[] first, int bytes)
    {
        byte[] sound = new byte[bytes];
        first.CopyTo(sound, 0);

        Recording recording = await ReadAsync(sound, mediaType);

        recording.Duration!.Value.TotalSeconds.ShouldBe(1, 0.01);
    }

    [Fact]
    public async Task Other_files_go_on_as_they_are()
    {
        byte[] flac = [.. "fLaC"u8, .. new byte[100]];

        Recording recording = await ReadAsync(flac);

        recording.Content.ToArray().ShouldBe(flac);
        recording.Duration.ShouldBeNull();
    }

    [Fact]
    public async Task Minutes_of_silence_are_not_kept()
    {
        Recording recording = await ReadAsync(Wav(8_000, 1, Tones.Silence(8_000, 300)));

        recording.HasSpeech.ShouldBeFalse();
        recording.Duration!.Value.TotalSeconds.ShouldBe(300, 0.1);
        recording.Content.Length.ShouldBeLessThan(100_000);
    }

    public static TheoryData<string, string, byte[], string?> WrongSounds =>
        new()
        {
            { "nothing", VoiceErrorCodes.EmptyAudio, [], null },
            { "a header alone", VoiceErrorCodes.EmptyAudio, Wav(16_000, 1, []), null },
            { "a text", VoiceErrorCodes.UnsupportedAudio, "Hello, I am no sound at all."u8.ToArray(), "audio/wav" },
            { "too much", VoiceErrorCodes.AudioTooLarge, Wav(16_000, 1, new short[2_600_000]), null },
            { "a header that lies", VoiceErrorCodes.TruncatedAudio, Wav(16_000, 1, new short[8_000])[..4_000], null },
            { "a rate of 96 million", VoiceErrorCodes.UnsupportedAudio, new byte[100], "audio/pcm;rate=96000000" },
            { "a rate of none", VoiceErrorCodes.UnsupportedAudio, new byte[100], "audio/pcm;rate=fast" },
            { "a slow file", VoiceErrorCodes.UnsupportedAudio, Wav(2_000, 1, new short[2_000]), null },
            { "a cut header", VoiceErrorCodes.UnsupportedAudio, Wav(16_000, 1, new short[10])[..20], null },
        };

    [Theory]
    [MemberData(nameof(WrongSounds))]
    public async Task Wrong_sound_is_one_clear_error(string what, string code, byte[] sound, string? mediaType)
    {
        VoiceException failure = await Should.ThrowAsync<VoiceException>(() => ReadAsync(sound, mediaType));

        failure.Code.ShouldBe(code, what);
        failure.Stage.ShouldBe(VoiceStage.Input);
        failure.Message.ShouldStartWith("audio: ");
    }

    internal static byte[] Wav(int rate, int channels, short[] samples) =>
        new WavAudio(
            WavFormat.Pcm16(rate, channels),
            System.Runtime.InteropServices.MemoryMarshal.AsBytes<short>(samples).ToArray()
        ).ToArray();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static Task<Recording> ReadAsync(byte[] sound, string? mediaType = null) =>
        new Recorder(new VoiceOptions { MaxInputBytes = 1_000_000 * 5 }).ReadAsync(
            new MemoryStream(sound),
            mediaType,
            Cancel
        );
}
