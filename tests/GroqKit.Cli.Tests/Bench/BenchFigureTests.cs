using GroqKit.Cli.Bench;

namespace GroqKit.Cli.Tests.Bench;

[Requirement("CM-01")]
public sealed class BenchFigureTests
{
    [Theory]
    [InlineData(0.5, 50)]
    [InlineData(0.95, 95)]
    [InlineData(0.99, 99)]
    [InlineData(1, 100)]
    public void A_percentile_is_the_smallest_value_that_the_share_is_at_most(double share, double expected) =>
        BenchFigure
            .From("", "", Enumerable.Range(1, 100).Reverse().Select(value => (double?)value))
            .Percentile(share)
            .ShouldBe(expected);

    [Fact]
    public void Without_values_there_is_no_percentile() =>
        BenchFigure.From("", "", [null]).Percentile(0.5).ShouldBe(double.NaN);

    [Fact]
    public void A_histogram_holds_every_value_once()
    {
        BenchFigure figure = BenchFigure.From("", "", [1, 1, 2, 9, null]);

        figure.Histogram(4).Select(stretch => stretch.Count).ShouldBe([3, 0, 0, 1]);
        BenchFigure.From("", "", [5, 5]).Histogram(4).ShouldBe([(5, 5, 2)]);
    }
}
