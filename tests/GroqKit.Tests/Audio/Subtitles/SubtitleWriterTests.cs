using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class SubtitleWriterTests
{
    [Fact]
    public void Srt_numbers_its_cues_and_puts_a_comma_before_the_milliseconds() =>
        SubtitleWriter
            .ToSrt([Cue(0, 2.5, " Hello. "), Cue(2.5, 3661.0255, "There.")])
            .ShouldBe(
                """
                1
                00:00:00,000 --> 00:00:02,500
                Hello.

                2
                00:00:02,500 --> 01:01:01,026
                There.


                """
            );

    [Fact]
    public void Vtt_has_a_heading_points_and_escapes() =>
        SubtitleWriter
            .ToVtt([Cue(359999.9996, 360001, "a < b && c --> d")])
            .ShouldBe(
                """
                WEBVTT

                100:00:00.000 --> 100:00:01.000
                a &lt; b &amp;&amp; c --&gt; d


                """
            );

    [Fact]
    public void An_empty_transcript_gives_an_empty_but_valid_file()
    {
        SubtitleWriter.ToSrt([]).ShouldBeEmpty();
        SubtitleWriter.ToVtt([Cue(0, 1, "  \n ")]).ShouldBe("WEBVTT\n\n");
    }

    [Fact]
    public void Lines_within_a_cue_are_kept_and_empty_ones_dropped() =>
        SubtitleWriter.ToSrt([Cue(0, 1, "one\r\n\r\n two \n")]).ShouldContain("\none\ntwo\n\n");

    [Fact]
    public void An_arrow_in_srt_text_cannot_pass_for_a_line_of_times() =>
        SubtitleWriter.ToSrt([Cue(0, 1, "1 --> 2")]).ShouldContain("\n1 -> 2\n");

    [Fact]
    public void Cues_are_put_in_order_and_shortened_where_they_overlap()
    {
        string srt = SubtitleWriter.ToSrt([Cue(5, 4, "c"), Cue(1, 9, "b"), Cue(-3, 1.5, "a"), Cue(5, 6, "d")]);

        Times(srt).ShouldBe([(0, 1000), (1000, 5000), (5000, 5001), (5001, 6000)]);
    }

    [Fact]
    public void Whatever_the_times_are_cues_never_overlap_and_always_last() =>
        Prop.ForAll<(int, int)[]>(times =>
            {
                SubtitleCue[] cues = [.. (times ?? []).Select(time => Cue(time.Item1 / 7.0, time.Item2 / 7.0, "text"))];
                List<(long Start, long End)> shown = Times(SubtitleWriter.ToSrt(cues));

                shown.Count.ShouldBe(cues.Length);
                shown.ShouldAllBe(cue => cue.Start >= 0 && cue.End > cue.Start);
                for (int i = 1; i < shown.Count; i++)
                    shown[i].Start.ShouldBeGreaterThanOrEqualTo(shown[i - 1].End);
            })
            .QuickCheckThrowOnFailure();

    private static SubtitleCue Cue(double start, double end, string text) =>
        new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text);

    private static List<(long, long)> Times(string srt) =>
        [
            .. srt.Split('\n')
                .Where(line => line.Contains(" --> ", StringComparison.Ordinal))
                .Select(line =>
                    (Milliseconds(line[..line.IndexOf(' ')]), Milliseconds(line[(line.LastIndexOf(' ') + 1)..]))
                ),
        ];

    private static long Milliseconds(string time)
    {
        long[] parts = [.. time.Split(':', ',').Select(part => long.Parse(part, CultureInfo.InvariantCulture))];
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3];
    }
}
