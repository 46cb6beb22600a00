using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class TranscriptStitcherTests
{
    [Fact]
    public void Texts_are_joined_times_shifted_and_segments_numbered_anew()
    {
        Transcription whole = TranscriptStitcher.Stitch([
            Part(
                0,
                0,
                10,
                new()
                {
                    Text = " One two. ",
                    Task = "transcribe",
                    Language = "English",
                    Segments = [Segment(0, 0, 0.5, 9), Segment(1, 0, 9, 12)],
                    Words = [Word("One", 0.5, 1), Word("two", 1, 11)],
                }
            ),
            Part(
                1,
                10,
                5,
                new()
                {
                    Text = "",
                    Language = "German",
                    Segments = null,
                    Words = null,
                }
            ),
            Part(
                2,
                15,
                7.5,
                new()
                {
                    Text = "Three.",
                    Language = "english",
                    Segments = [Segment(0, 150, 1, 2)],
                    Words = [Word("Three", 1, 2)],
                }
            ),
        ]);

        whole.Text.ShouldBe("One two. Three.");
        whole.Task.ShouldBe("transcribe");
        whole.Language.ShouldBe("English");
        whole.Duration.ShouldBe(22.5);
        whole.Segments!.Select(segment => segment.Id).ShouldBe([0, 1, 2]);
        whole.Segments!.Select(segment => segment.Seek).ShouldBe([0, 0, 1650]);
        whole.Segments!.Select(segment => (segment.Start, segment.End)).ShouldBe([(0.5, 9), (9, 10), (16, 17)]);
        whole
            .Words!.Select(word => (word.Word, word.Start, word.End))
            .ShouldBe([("One", 0.5, 1), ("two", 1, 10), ("Three", 16, 17)]);
    }

    [Fact]
    public void What_no_part_has_the_whole_has_not_either()
    {
        Transcription whole = TranscriptStitcher.Stitch([
            Part(0, 0, 5, new() { Text = "你好" }),
            Part(1, 5, 5, new() { Text = "世界" }),
        ]);

        whole.Text.ShouldBe("你好世界");
        whole.Segments.ShouldBeNull();
        whole.Words.ShouldBeNull();
        whole.Language.ShouldBeNull();
        whole.Duration.ShouldBe(10);
    }

    private static TranscribedPart Part(int index, double start, double seconds, Transcription transcription) =>
        new(
            new AudioPart(
                index,
                TimeSpan.FromSeconds(start),
                TimeSpan.FromSeconds(seconds),
                AudioInput.FromBytes(default)
            ),
            transcription
        );

    private static TranscriptionSegment Segment(int id, int seek, double start, double end) =>
        new()
        {
            Id = id,
            Seek = seek,
            Start = start,
            End = end,
        };

    private static TranscriptionWord Word(string word, double start, double end) =>
        new()
        {
            Word = word,
            Start = start,
            End = end,
        };
}
