using GroqKit.Resilience;

namespace GroqKit.Tests.Resilience;

[Requirement("CL-21")]
public sealed class RateRefusalTests
{
    private const string Start =
        "Rate limit reached for model `m` in organization `org_x` service tier `on_demand` on ";

    [Theory]
    [InlineData(
        "requests per minute (RPM): Limit 30, Used 30, Requested 1. Please try again in 2s. More text.",
        RateUnit.Requests,
        60,
        30,
        1,
        2
    )]
    [InlineData(
        "requests per day (RPD): Limit 1000, Used 1000, Requested 1. Please try again in 1m26.4s.",
        RateUnit.Requests,
        86_400,
        1000,
        1,
        86.4
    )]
    [InlineData(
        "tokens per minute (TPM): Limit 6000, Used 5880, Requested 1743. Please try again in 16.239999999s. Visit",
        RateUnit.Tokens,
        60,
        6000,
        1743,
        16.24
    )]
    [InlineData(
        "tokens per day (TPD): Limit 100000, Used 99999, Requested 500. Please try again in 7m12s.",
        RateUnit.Tokens,
        86_400,
        100_000,
        500,
        432
    )]
    [InlineData(
        "seconds of audio per hour (ASPH): Limit 7200, Used 7199, Requested 60. Please try again in 29.5s.",
        RateUnit.AudioSeconds,
        3600,
        7200,
        60,
        29.5
    )]
    [InlineData(
        "seconds of audio per day (ASPD): Limit 28800, Used 28800, Requested 10. Please try again in 400ms.",
        RateUnit.AudioSeconds,
        86_400,
        28_800,
        10,
        0.4
    )]
    public void The_text_of_a_refusal_names_the_limit(
        string text,
        RateUnit unit,
        double period,
        double limit,
        double requested,
        double wait
    )
    {
        RateRefusal refusal = RateRefusal.TryParse(Start + text).ShouldNotBeNull();

        (refusal.Unit, refusal.PeriodSeconds, refusal.Limit, refusal.Requested).ShouldBe(
            (unit, period, limit, requested)
        );
        refusal.RetryIn!.Value.TotalSeconds.ShouldBe(wait, tolerance: 1e-6);
    }

    [Fact]
    public void A_text_without_a_wait_still_names_the_limit()
    {
        RateRefusal
            .TryParse(Start + "tokens per minute (TPM): Limit 6000, Used 5880, Requested 1743.")!
            .RetryIn.ShouldBeNull();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Slow down.")]
    [InlineData("(XYZ): Limit 30, Used 30, Requested 1. Please try again in 2s.")]
    [InlineData("(RPM): Limit 0, Used 30, Requested 1. Please try again in 2s.")]
    [InlineData("(RPM): Limit ten, Used 30, Requested 1.")]
    public void Another_text_says_nothing(string? text)
    {
        RateRefusal.TryParse(text).ShouldBeNull();
    }
}
