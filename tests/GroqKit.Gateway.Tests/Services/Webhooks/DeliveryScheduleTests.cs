using GroqKit.Gateway.Services.Webhooks;

namespace GroqKit.Gateway.Tests.Services.Webhooks;

[Requirement("GW-10")]
public sealed class DeliveryScheduleTests
{
    [Fact]
    public void The_waits_are_the_published_ones_lengthened_by_at_most_a_tenth()
    {
        var schedule = new DeliverySchedule(new Random(7).NextDouble);
        double[] published = [0, 5, 300, 1800, 7200, 18000, 36000, 50400, 72000, 86400];

        DeliverySchedule.Attempts.ShouldBe(published.Length);
        for (int attempt = 0; attempt < published.Length; attempt++)
        {
            double wait = schedule.Next(attempt)!.Value.TotalSeconds;
            wait.ShouldBeInRange(published[attempt], published[attempt] * 1.1);
        }
        schedule.Next(published.Length).ShouldBeNull();
    }

    [Theory]
    [InlineData(60, 60)]
    [InlineData(1_000_000, 86_400)]
    public void The_receiver_can_ask_for_a_longer_wait_up_to_a_day(int asked, int expected) =>
        new DeliverySchedule(new Random(7).NextDouble)
            .Next(1, TimeSpan.FromSeconds(asked))
            .ShouldBe(TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData(1)]
    [InlineData(-100)]
    public void The_receiver_can_not_shorten_a_wait(int asked) =>
        new DeliverySchedule(new Random(7).NextDouble)
            .Next(1, TimeSpan.FromSeconds(asked))!
            .Value.TotalSeconds.ShouldBeGreaterThanOrEqualTo(5);
}
