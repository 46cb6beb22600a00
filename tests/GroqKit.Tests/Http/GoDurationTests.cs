using FsCheck;
using FsCheck.Fluent;
using GroqKit.Http;

namespace GroqKit.Tests.Http;

[Requirement("CL-21")]
public sealed class GoDurationTests
{
    [Theory]
    [InlineData("2m59.56s", 179.56)]
    [InlineData("1m26.4s", 86.4)]
    [InlineData("12h30m0s", 45000)]
    [InlineData("7.66s", 7.66)]
    [InlineData("400ms", 0.4)]
    [InlineData("250.5ms", 0.2505)]
    [InlineData("5µs", 0.000005)]
    [InlineData("5us", 0.000005)]
    [InlineData("500ns", 0.0000005)]
    [InlineData("9m", 540)]
    [InlineData("1h", 3600)]
    [InlineData("0s", 0)]
    [InlineData("16.239999999s", 16.24)]
    public void A_duration_as_Go_prints_it_is_read(string text, double seconds)
    {
        GoDuration.TryParse(text, out TimeSpan duration).ShouldBeTrue();
        duration.TotalSeconds.ShouldBe(seconds, 1e-7);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("5")]
    [InlineData("-5s")]
    [InlineData("5 s")]
    [InlineData("5d")]
    [InlineData(".s")]
    [InlineData("1.2.3s")]
    [InlineData("1e9s")]
    [InlineData("99999999999999999999h")]
    [InlineData("NaNs")]
    public void Anything_else_is_refused(string text) => GoDuration.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Any_whole_duration_survives_printing_and_reading() =>
        Prop.ForAll(
                ArbMap.Default.GeneratorFor<uint>().ToArbitrary(),
                milliseconds =>
                {
                    TimeSpan expected = TimeSpan.FromMilliseconds(milliseconds);
                    string text = FormattableString.Invariant(
                        $"{(long)expected.TotalHours}h{expected.Minutes}m{expected.Seconds}.{expected.Milliseconds:000}s"
                    );
                    return GoDuration.TryParse(text, out TimeSpan actual) && actual == expected;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_text_makes_it_throw() =>
        Prop.ForAll<string>(text =>
            {
                bool isRead = GoDuration.TryParse(text, out TimeSpan duration);
                return isRead ? duration >= TimeSpan.Zero : duration == default;
            })
            .QuickCheckThrowOnFailure();
}
