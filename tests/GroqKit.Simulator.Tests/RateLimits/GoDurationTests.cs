using GroqKit.Simulator.RateLimits;

namespace GroqKit.Simulator.Tests.RateLimits;

public sealed class GoDurationTests
{
    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.4, "400ms")]
    [InlineData(0.0005, "500us")]
    [InlineData(7.66, "7.66s")]
    [InlineData(6, "6s")]
    [InlineData(86.4, "1m26.4s")]
    [InlineData(60, "1m0s")]
    [InlineData(45_000, "12h30m0s")]
    [InlineData(90_061.5, "25h1m1.5s")]
    public void A_duration_is_written_as_go_writes_it(double seconds, string expected) =>
        GoDuration.Format(TimeSpan.FromSeconds(seconds)).ShouldBe(expected);
}
