using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class SplitPlannerTests
{
    private const float Loud = 1;
    private const float Quiet = 0;

    [Fact]
    public void The_cut_is_in_the_middle_of_the_latest_pause_within_reach() =>
        Plan(10, 50, 4, Windows((Loud, 20), (Quiet, 4), (Loud, 16), (Quiet, 4), (Loud, 30))).ShouldBe([42, 32]);

    [Fact]
    public void A_longer_pause_is_worth_a_shorter_part() =>
        Plan(10, 50, 2, Windows((Loud, 30), (Quiet, 6), (Loud, 5), (Quiet, 2), (Loud, 30))).ShouldBe([33, 40]);

    [Fact]
    public void A_pause_that_is_too_short_is_none_and_the_quietest_place_is_taken() =>
        Plan(10, 50, 5, Windows((Loud, 38), (Quiet, 2), (Loud, 40)))[0].ShouldBeInRange(36, 42);

    [Fact]
    public void Silence_longer_than_a_part_is_cut_as_well() =>
        Plan(10, 50, 5, Windows((Quiet, 170))).Sum().ShouldBe(170);

    [Fact]
    public void The_last_part_is_not_left_too_short() =>
        Plan(10, 50, 4, Windows((Loud, 54))).ShouldAllBe(length => length >= 10 && length <= 50);

    [Fact]
    public void A_recording_shorter_than_a_part_stays_whole() =>
        Plan(10, 50, 4, Windows((Loud, 3), (Quiet, 10), (Loud, 3))).ShouldBe([16]);

    [Fact]
    public void Nothing_gives_nothing() => Plan(10, 50, 4, []).ShouldBeEmpty();

    [Fact]
    public void Any_loudness_gives_parts_within_the_limits_that_make_up_the_whole() =>
        Prop.ForAll(
                Gen.Elements(0f, 0.2f, 1f).ListOf(400).ToArbitrary(),
                Gen.Choose(1, 40).ToArbitrary(),
                Gen.Choose(1, 20).ToArbitrary(),
                (windows, min, pause) =>
                {
                    int max = min * 2 + pause;

                    List<int> parts = Plan(min, max, pause, windows);

                    parts.Sum().ShouldBe(windows.Count);
                    parts.ShouldAllBe(length => length >= min && length <= max);
                }
            )
            .QuickCheckThrowOnFailure();

    private static List<int> Plan(int min, int max, int pause, IEnumerable<float> windows)
    {
        var planner = new SplitPlanner(min, max, pause, 0.1f);
        var parts = new List<int>();
        foreach (float window in windows)
        {
            if (planner.Add(window) is > 0 and int length)
                parts.Add(length);
        }
        return [.. parts, .. planner.Complete()];
    }

    private static IEnumerable<float> Windows(params (float Loudness, int Count)[] runs) =>
        runs.SelectMany(run => Enumerable.Repeat(run.Loudness, run.Count));
}
