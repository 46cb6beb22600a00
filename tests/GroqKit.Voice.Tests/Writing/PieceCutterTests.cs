using FsCheck;
using FsCheck.Fluent;
using GroqKit.Voice.Writing;

namespace GroqKit.Voice.Tests.Writing;

[Requirement("GW-19")]
public sealed class PieceCutterTests
{
    private const string Code = "See the code.";

    [Theory]
    [InlineData("Well, of course I can help you, my friend. Next.", "Well, of course I can help you,|my friend. Next.")]
    [InlineData("Yes. That is what I meant to say.", "Yes. That is what I meant to say.")]
    [InlineData("Oh my. The rest follows here.", "Oh my.|The rest follows here.")]
    [InlineData("It costs 1,234.50 dollars today. Buy it now.", "It costs 1,234.50 dollars today.|Buy it now.")]
    [InlineData("At 10:30 we meet Dr. Smith, then we go.", "At 10:30 we meet Dr. Smith,|then we go.")]
    [InlineData("[cheerful, loud] Hello there you! Bye.", "[cheerful, loud] Hello there you!|Bye.")]
    [InlineData(
        "你好，今天天气很好，我们一起去公园散步吧。好的。",
        "你好，今天天气很好，我们一起去公园散步吧。|好的。"
    )]
    [InlineData("[laughs]", "")]
    [InlineData("[laughs] [sighs] Well then, good night. Bye.", "[laughs] [sighs] Well then,|good night. Bye.")]
    [InlineData("[laughs]. Well then, good night.", "[laughs]. Well then, good night.")]
    [InlineData("[\"red\", \"blue\"], that is it. Right?", "\"red\", \"blue\",|that is it. Right?")]
    [InlineData("[1, 2, 3]", "1, 2, 3")]
    [InlineData("", "")]
    [InlineData("🎉 🎊", "")]
    [InlineData("word", "word")]
    public void The_first_piece_is_short_and_the_later_ones_are_whole_sentences(string text, string expected) =>
        string.Join('|', Cut(text, text.Length + 1)).ShouldBe(expected);

    [Fact]
    public void Short_sentences_are_joined_and_long_ones_cut_at_their_best_place()
    {
        string text =
            "First of all, hello. One. Two. Three. Four. Five. Six. Seven. Eight. Nine. Ten. Eleven. Twelve. Thirteen. "
            + string.Join(' ', Enumerable.Repeat("word", 100))
            + ".";

        List<string> pieces = Cut(text, 7);

        pieces[0].ShouldBe("First of all,");
        pieces.Skip(1).ShouldAllBe(piece => piece.Length <= 200);
        pieces[1].Length.ShouldBeGreaterThanOrEqualTo(60);
        string.Join(' ', pieces).ShouldBe(text);
    }

    [Theory]
    [InlineData("You can pay it to my account DE89 3704 0044")]
    [InlineData("You can pay it to my account GB82 WEST 1234")]
    [InlineData("You can always call me under 0151 2345 ")]
    public void A_first_piece_that_is_forced_does_not_end_in_a_number(string text)
    {
        var cutter = new PieceCutter(60, 200, Code);
        cutter.Push(text).ShouldBeEmpty();

        cutter.Force().ShouldBeNull();
    }

    [Fact]
    public void Text_without_any_mark_is_spoken_before_it_ends()
    {
        var cutter = new PieceCutter(60, 200, Code);

        List<string> pieces = cutter.Push(string.Join(' ', Enumerable.Repeat("endless", 80)));

        pieces.ShouldNotBeEmpty();
        pieces[0].Length.ShouldBeLessThanOrEqualTo(200);
    }

    [Theory]
    [InlineData(
        "# Title\n\nA **bold** and *soft* word with `code` in it.",
        "Title|A bold and soft word with code in it."
    )]
    [InlineData("See [our page](https://example.com/a_b) for it, please.", "See our page for it, please.")]
    [InlineData("See https://www.example.com/path?x=1. Then come back.", "See example.com.|Then come back.")]
    [InlineData(
        "Run it:\n```csharp\nvar x = 1;\n```\nThat is all there is.",
        "Run it:|See the code.|That is all there is."
    )]
    [InlineData("| Name | Age |\n|---|---|\n| Ann | 30 |\n", "Name, Age.|Ann, 30.")]
    [InlineData("Before it all.\n\n---\n\nAfter it all.", "Before it all.|After it all.")]
    [InlineData("> A quote of somebody\n", "A quote of somebody")]
    [InlineData("Great 👍🏽 work, my dear friend! 🚀", "Great work, my dear friend!")]
    [InlineData("Use snake_case and 2*3 in the text.", "Use snake_case and 2*3 in the text.")]
    [InlineData("- milk and bread\n- eggs\n", "milk and bread|eggs")]
    public void Markdown_is_never_read_out(string text, string expected) =>
        string.Join('|', Sentences(text)).ShouldBe(expected);

    [Fact]
    public void A_first_piece_that_waits_is_cut_between_words()
    {
        var cutter = new PieceCutter(60, 200, Code);
        cutter.Push("I would like to tell you somethi").ShouldBeEmpty();

        cutter.Force().ShouldBe("I would like to tell you");
        cutter.Push("ng nice. Bye now.").ShouldBeEmpty();
        cutter.Complete().ShouldBe(["something nice. Bye now."]);
    }

    [Theory]
    [InlineData("I am")]
    [InlineData("It all happened on the 3 ")]
    [InlineData("You should go and see Dr. ")]
    public void A_first_piece_is_not_cut_within_what_belongs_together(string text)
    {
        var cutter = new PieceCutter(60, 200, Code);
        cutter.Push(text);

        cutter.Force().ShouldBeNull();
    }

    [Fact]
    public void However_the_text_is_sliced_the_pieces_are_the_same()
    {
        string[] samples =
        [
            "Am 3. Oktober, so heißt es, kam Dr. Maier. Er blieb. # nicht\n\n# Titel\n\nUnd `so` weiter, z.B. hier.",
            "Hi. **So**, [a link](http://x.y/z), done!\n```\ncode, more. code\n```\nThen: 1. one\n2. two\n| a | b |\n|--|--|\n| c | d |\n",
            "「はい、そうです。」と言った。次、は。 Visit https://a.b/c?d=e. OK? [sad, slow] Bye… now",
            string.Join(' ', Enumerable.Repeat("no marks", 90)) + ", but one. End.",
        ];
        Prop.ForAll(
                Gen.Choose(0, samples.Length - 1)
                    .SelectMany(_ => Gen.ArrayOf(Gen.Choose(1, 40)), (sample, sizes) => (sample, sizes))
                    .ToArbitrary(),
                given =>
                {
                    string text = samples[given.sample];
                    string.Join('|', Slice(text, given.sizes)).ShouldBe(string.Join('|', Cut(text, 1)));
                }
            )
            .QuickCheckThrowOnFailure();
    }

    private static List<string> Slice(string text, int[] sizes)
    {
        var cutter = new PieceCutter(60, 200, Code);
        var pieces = new List<string>();
        int start = 0;
        for (int i = 0; start < text.Length; i++)
        {
            int size = sizes.Length == 0 ? text.Length : Math.Min(sizes[i % sizes.Length], text.Length - start);
            pieces.AddRange(cutter.Push(text.AsSpan(start, size)));
            start += size;
        }
        pieces.AddRange(cutter.Complete());
        return pieces;
    }

    private static List<string> Cut(string text, int size) => Slice(text, [size]);

    // Nothing is joined: every sentence stands alone.
    private static List<string> Sentences(string text)
    {
        var cutter = new PieceCutter(1, 200, Code);
        List<string> pieces = cutter.Push("Two words.\n\n" + text);
        pieces.AddRange(cutter.Complete());
        return [.. pieces.Where(piece => piece != "Two words.")];
    }
}
