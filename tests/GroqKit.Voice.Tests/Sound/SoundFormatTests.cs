using GroqKit.Audio;
using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Tests.Sound;

[Requirement("GW-19")]
public sealed class SoundFormatTests
{
    [Theory]
    [InlineData("pcm16", SoundCoding.Pcm16, 24_000)]
    [InlineData("pcm_16000", SoundCoding.Pcm16, 16_000)]
    [InlineData("audio/pcm;rate=48000", SoundCoding.Pcm16, 48_000)]
    [InlineData("WAV", SoundCoding.Wav, 24_000)]
    [InlineData("audio/x-wav", SoundCoding.Wav, 24_000)]
    [InlineData("mulaw", SoundCoding.MuLaw, 8_000)]
    [InlineData("g711_ulaw", SoundCoding.MuLaw, 8_000)]
    [InlineData("audio/basic", SoundCoding.MuLaw, 8_000)]
    public void Forms_have_the_names_in_use(string text, SoundCoding coding, int rate)
    {
        SoundFormat.TryParse(text, out SoundFormat format).ShouldBeTrue();
        format.ShouldBe(new SoundFormat(coding, rate));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("mp3")]
    [InlineData("pcm_x")]
    [InlineData("pcm_1000")]
    [InlineData("audio/pcm;rate=96000")]
    public void What_is_no_form_is_refused(string? text) => SoundFormat.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Mu_law_comes_back_as_it_went_within_its_steps()
    {
        short[] samples = [.. Enumerable.Range(-32_000, 64_000).Where(i => i % 37 == 0).Select(i => (short)i)];
        byte[] coded = new byte[samples.Length];
        MuLaw.Encode(samples, coded);

        short[] back = new short[samples.Length];
        SampleDecoder.Decode(new WavFormat(WavEncoding.MuLaw, 8_000, 1, 8), coded, back);

        for (int i = 0; i < samples.Length; i++)
            Math.Abs(back[i] - samples[i]).ShouldBeLessThanOrEqualTo(4 + Math.Abs(samples[i]) / 28);
    }

    [Fact]
    public void A_wav_answer_has_one_header_before_its_first_sample()
    {
        var encoder = new SoundEncoder(new SoundFormat(SoundCoding.Wav, 16_000), lends: false);

        encoder.Encode([1, 2]).Length.ShouldBe(44 + 4);
        encoder.Encode([3]).ToArray().ShouldBe([3, 0]);
    }
}
