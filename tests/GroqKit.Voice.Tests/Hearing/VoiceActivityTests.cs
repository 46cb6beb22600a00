using GroqKit.Voice.Tests.Sound;

namespace GroqKit.Voice.Tests.Hearing;

[Requirement("GW-19")]
public sealed class VoiceActivityTests
{
    private const int Rate = 16_000;

    [Fact]
    public void Speech_begins_and_ends_where_it_is_loud()
    {
        var detector = new VoiceActivityDetector(Rate);
        short[] sound =
        [
            .. Tones.Noise(Rate, 1, -60),
            .. Tones.Sine(Rate, 200, 1),
            .. Tones.Noise(Rate, 1, -60),
            .. Tones.Sine(Rate, 200, 0.5),
            .. Tones.Noise(Rate, 1, -60),
        ];

        List<(bool Speaking, double At)> changes = Run(detector, sound, sound.Length);

        changes.Select(change => change.Speaking).ShouldBe([true, false, true, false]);
        changes[0].At.ShouldBeInRange(1, 1.1);
        changes[1].At.ShouldBeInRange(2.45, 2.6);
        changes[2].At.ShouldBeInRange(3, 3.1);
        (detector.SpeechStart / (double)Rate).ShouldBeInRange(2.9, 3.05);
        (detector.SpeechEnd / (double)Rate).ShouldBeInRange(3.45, 3.55);
        (detector.FirstSpeech!.Value / (double)Rate).ShouldBeInRange(0.9, 1.05);
    }

    [Theory]
    [InlineData(-70)]
    [InlineData(-55)]
    [InlineData(-40)]
    public void Steady_noise_is_no_speech(double decibels)
    {
        var detector = new VoiceActivityDetector(Rate);

        Run(detector, Tones.Noise(Rate, 20, decibels), 333)
            .Count(change => change.Speaking)
            .ShouldBeLessThanOrEqualTo(1);
        detector.IsSpeaking.ShouldBeFalse();
    }

    [Fact]
    public void A_click_is_no_speech()
    {
        short[] sound = [.. Tones.Silence(Rate, 1), .. Tones.Sine(Rate, 1000, 0.015), .. Tones.Silence(Rate, 1)];

        Run(new VoiceActivityDetector(Rate), sound, 100).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(321)]
    [InlineData(70_000)]
    public void However_the_samples_are_sliced_the_changes_are_the_same(int size)
    {
        short[] sound = [.. Tones.Silence(Rate, 0.7), .. Tones.Sine(Rate, 200, 0.7), .. Tones.Silence(Rate, 0.8)];

        Run(new VoiceActivityDetector(Rate), sound, size).ShouldBe(Run(new VoiceActivityDetector(Rate), sound, 320));
    }

    [Fact]
    public void Wrong_options_are_named() =>
        Should
            .Throw<ArgumentException>(() => new VoiceActivityDetector(Rate, new() { AboveNoise = 0, Floor = 3 }))
            .Message.ShouldSatisfyAllConditions(
                message => message.ShouldContain("AboveNoise"),
                message => message.ShouldContain("Floor")
            );

    private static List<(bool Speaking, double At)> Run(VoiceActivityDetector detector, short[] sound, int size)
    {
        var changes = new List<(bool, double)>();
        bool speaking = false;
        for (int start = 0; start < sound.Length; start += size)
        {
            ReadOnlySpan<short> rest = sound.AsSpan(start, Math.Min(size, sound.Length - start));
            while (rest.Length > 0)
            {
                rest = rest[detector.Push(rest)..];
                if (detector.IsSpeaking == speaking)
                    continue;
                speaking = detector.IsSpeaking;
                changes.Add((speaking, detector.Position.TotalSeconds));
            }
        }
        return changes;
    }
}
