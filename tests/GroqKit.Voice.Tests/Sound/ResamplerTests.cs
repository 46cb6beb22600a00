using GroqKit.Voice.Sound;

namespace GroqKit.Voice.Tests.Sound;

[Requirement("GW-19")]
public sealed class ResamplerTests
{
    [Theory]
    [InlineData(48_000, 24_000)]
    [InlineData(24_000, 16_000)]
    [InlineData(44_100, 16_000)]
    [InlineData(8_000, 24_000)]
    [InlineData(22_050, 48_000)]
    public void A_tone_stays_the_same_tone(int from, int to)
    {
        short[] tone = Tones.Sine(from, 440, 1);

        List<short> made = Run(from, to, tone, tone.Length);

        made.Count.ShouldBeInRange(to - 2, to + 2);
        int middle = to / 4;
        short[] expected = Tones.Sine(to, 440, 1);
        for (int i = middle; i < middle + to / 10; i++)
            Math.Abs(made[i] - expected[i]).ShouldBeLessThan(150);
    }

    [Fact]
    public void What_the_lower_rate_cannot_hold_is_gone_and_no_other_tone_is_there()
    {
        short[] high = Tones.Sine(48_000, 10_000, 1);

        List<short> made = Run(48_000, 8_000, high, high.Length);

        Loudness.Of(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(made)[200..^200]).ShouldBeLessThan(-50);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(160)]
    [InlineData(5000)]
    public void However_the_samples_are_sliced_the_result_is_the_same(int size)
    {
        short[] tone = Tones.Sine(44_100, 300, 0.5);

        Run(44_100, 24_000, tone, size).ShouldBe(Run(44_100, 24_000, tone, tone.Length));
    }

    [Fact]
    public void The_same_rate_is_left_alone()
    {
        short[] tone = Tones.Sine(16_000, 300, 0.1);

        Run(16_000, 16_000, tone, 100).ShouldBe(tone);
    }

    private static List<short> Run(int from, int to, short[] samples, int size)
    {
        var resampler = new Resampler(from, to);
        var made = new List<short>();
        for (int start = 0; start < samples.Length; start += size)
            resampler.Push(samples.AsSpan(start, Math.Min(size, samples.Length - start)), made);
        resampler.Complete(made);
        return made;
    }
}
