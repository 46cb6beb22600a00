using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-14")]
public sealed class CueBuilderTests
{
    private static readonly SubtitleOptions Narrow = new() { MaxLineLength = 12, MaxLines = 2 };

    [Fact]
    public void Words_are_gathered_into_lines_of_even_length()
    {
        List<SubtitleCue> cues = CueBuilder.FromWords(Words("the", "quick", "brown", "fox", "jumps"), Narrow);

        cues.Select(cue => cue.Text).ShouldBe(["the quick\nbrown fox", "jumps"]);
        cues[0].Start.ShouldBe(TimeSpan.Zero);
        cues[0].End.ShouldBe(TimeSpan.FromSeconds(3.9));
        cues[1].Start.ShouldBe(TimeSpan.FromSeconds(4));
    }

    [Fact]
    public void A_pause_a_sentence_end_and_a_long_time_each_begin_a_new_cue()
    {
        var options = new SubtitleOptions { MaxDuration = TimeSpan.FromSeconds(3), MaxPause = TimeSpan.FromSeconds(1) };

        Texts(CueBuilder.FromWords([Word(0, 1, "a"), Word(2.5, 3, "b")], options)).ShouldBe(["a", "b"]);
        Texts(CueBuilder.FromWords(Words("One.", "Dr.", "Who"), options)).ShouldBe(["One.", "Dr. Who"]);
        Texts(CueBuilder.FromWords(Words("a", "b", "c", "d", "e"), options)).ShouldBe(["a b c", "d e"]);
    }

    [Fact]
    public void A_single_word_longer_than_allowed_is_shortened()
    {
        SubtitleCue cue = CueBuilder.FromWords([Word(0, 60, "Oooh")], new SubtitleOptions()).Single();

        cue.End.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public void Words_with_their_leading_space_and_bare_words_read_the_same()
    {
        Texts(CueBuilder.FromWords(Words(" It", "'s", " fine"), new SubtitleOptions())).ShouldBe(["It's fine"]);
        Texts(CueBuilder.FromWords(Words("It's", "fine"), new SubtitleOptions())).ShouldBe(["It's fine"]);
        Texts(CueBuilder.FromWords(Words("你好", "世界"), new SubtitleOptions())).ShouldBe(["你好世界"]);
    }

    [Fact]
    public void A_segment_that_fits_stays_one_cue() =>
        Texts(CueBuilder.FromSegments([Word(0, 4, " One. Two three.")], new SubtitleOptions()))
            .ShouldBe(["One. Two three."]);

    [Fact]
    public void A_segment_that_is_too_long_is_cut_and_its_time_shared_out()
    {
        SubtitleCue segment = Word(10, 20, "aaaa bbbb cccc dddd eeee");

        List<SubtitleCue> cues = CueBuilder.FromSegments([segment], Narrow);

        cues[0].Start.ShouldBe(TimeSpan.FromSeconds(10));
        cues[^1].End.ShouldBe(TimeSpan.FromSeconds(20));
        cues.Count.ShouldBeGreaterThan(1);
        string.Join(' ', Texts(cues)).Replace('\n', ' ').ShouldBe(segment.Text);
        cues.ShouldAllBe(cue => cue.End - cue.Start <= Narrow.MaxDuration);
    }

    [Fact]
    public void Mixed_writing_is_cut_without_new_spaces()
    {
        var options = new SubtitleOptions { MaxLineLength = 8, MaxLines = 1 };

        List<SubtitleCue> cues = CueBuilder.FromSegments([Word(0, 4, "iPhone发布会今天在北京举行")], options);

        string.Concat(Texts(cues)).ShouldBe("iPhone发布会今天在北京举行");
        Texts(cues)[0].ShouldStartWith("iPhone");
    }

    [Fact]
    public void Any_words_keep_within_line_and_time_limits_and_none_is_lost() =>
        Prop.ForAll(
                Gen.Elements("a", "bb", "ccc", "dddd", "eeeee", "你", "好。", "end.", "looooooooooooooong")
                    .ListOf()
                    .ToArbitrary(),
                Gen.Choose(8, 50).ToArbitrary(),
                Gen.Choose(1, 3).ToArbitrary(),
                (texts, length, lines) =>
                {
                    var options = new SubtitleOptions { MaxLineLength = length, MaxLines = lines };
                    SubtitleCue[] words = Words([.. texts]);
                    SubtitleCue whole = Word(0, texts.Count, string.Join(' ', texts));

                    foreach (
                        List<SubtitleCue> cues in new[]
                        {
                            CueBuilder.FromWords(words, options),
                            CueBuilder.FromSegments([whole], options),
                        }
                    )
                    {
                        SpeechTexts.WithoutSpaces(string.Concat(Texts(cues))).ShouldBe(string.Concat(texts));
                        cues.ShouldAllBe(cue => cue.Text.Split('\n').All(line => line.Length <= length));
                        cues.ShouldAllBe(cue => cue.End - cue.Start <= options.MaxDuration && cue.End >= cue.Start);
                        cues.ShouldAllBe(cue => cue.Text.Split('\n').Length <= Math.Max(lines, 3));
                    }
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(7, 2, 7, 1, "MaxLineLength")]
    [InlineData(42, 0, 7, 1, "MaxLines")]
    [InlineData(42, 2, 0.1, 1, "MaxDuration")]
    [InlineData(42, 2, 7, -1, "MaxPause")]
    public void An_option_out_of_range_is_named(int length, int lines, double duration, double pause, string name)
    {
        var options = new SubtitleOptions
        {
            MaxLineLength = length,
            MaxLines = lines,
            MaxDuration = TimeSpan.FromSeconds(duration),
            MaxPause = TimeSpan.FromSeconds(pause),
        };

        Should.Throw<ArgumentOutOfRangeException>(options.Validate).ParamName.ShouldBe(name);
    }

    private static SubtitleCue Word(double start, double end, string text) =>
        new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end), text);

    private static SubtitleCue[] Words(params string[] words) =>
        [.. words.Select((word, index) => Word(index, index + 0.9, word))];

    private static string[] Texts(List<SubtitleCue> cues) => [.. cues.Select(cue => cue.Text)];
}
