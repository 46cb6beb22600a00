using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class SpeechTextCutterTests
{
    [Fact]
    public void Text_within_the_limit_stays_whole() =>
        SpeechTextCutter.Cut("One. Two. Three.", 200).ShouldBe(["One. Two. Three."]);

    [Fact]
    public void Sentences_are_gathered_as_long_as_they_fit() =>
        SpeechTextCutter
            .Cut("One is here. Two is here. Three is here.", 26)
            .ShouldBe(["One is here. Two is here.", "Three is here."]);

    [Fact]
    public void The_first_sentence_can_stand_alone_so_that_it_is_heard_sooner() =>
        SpeechTextCutter.Cut("One. Two. Three.", 200, firstSentenceAlone: true).ShouldBe(["One.", "Two. Three."]);

    [Theory]
    [InlineData("aaaa bbbb cccc; dddd eeee ffff", 24, "aaaa bbbb cccc;|dddd eeee ffff")] // a clause
    [InlineData("aaaa bbbb cccc, dddd eeee ffff", 24, "aaaa bbbb cccc,|dddd eeee ffff")] // a comma
    [InlineData("aa, bbbbb ccccc ddddd eeeee", 16, "aa, bbbbb ccccc|ddddd eeeee")] // a comma too early
    [InlineData("aaaa bbbb 3,000 cccc", 12, "aaaa bbbb|3,000 cccc")] // a comma in a number
    [InlineData("aaaaa Dr. Smith goes to town", 12, "aaaaa Dr.|Smith goes|to town")] // no better place
    [InlineData("aaaaaaaaaaaaaaa bb", 10, "aaaaaaaaaa|aaaaa bb")] // a word beyond the limit
    [InlineData("aaaa call +49 151 2345 6789 now", 22, "aaaa call|+49 151 2345 6789 now")] // a number in groups
    [InlineData("pay to GB82 WEST 1234 5698 please", 24, "pay to|GB82 WEST 1234 5698|please")] // an account's
    [InlineData("11 12 13 14 15 16 17", 12, "11 12 13 14|15 16 17")] // nothing but numbers
    [InlineData("一二三四五，六七八九十一二三", 8, "一二三四五，|六七八九十一二三")]
    [InlineData("一二三四五六七八九十", 4, "一二三四|五六七八|九十")]
    [InlineData("aaaa bbbb [very sad] cccc dddd", 16, "aaaa bbbb|[very sad] cccc|dddd")]
    [InlineData("👩‍👩‍👧👩‍👩‍👧", 10, "👩‍👩‍👧|👩‍👩‍👧")]
    public void A_sentence_beyond_the_limit_is_cut_at_the_best_place(string text, int limit, string expected) =>
        string.Join('|', SpeechTextCutter.Cut(text, limit)).ShouldBe(expected);

    [Theory]
    [InlineData("Go away now. [sigh]", 14, "Go away|now. [sigh]")]
    [InlineData("[sad] ... Hello there.", 200, "[sad] ... Hello there.")]
    [InlineData("Hello. [laugh] [whisper] Come here.", 30, "Hello.|[laugh] [whisper] Come here.")]
    public void Directions_stay_with_what_they_colour(string text, int limit, string expected) =>
        string.Join('|', SpeechTextCutter.Cut(text, limit)).ShouldBe(expected);

    [Fact]
    public void Every_piece_keeps_the_limit_and_no_word_that_fits_is_cut() =>
        Prop.ForAll(
                SpeechTexts.Arbitrary,
                Gen.Choose(1, 60).ToArbitrary(),
                (text, limit) =>
                {
                    IReadOnlyList<string> pieces = SpeechTextCutter.Cut(text, limit);

                    pieces.ShouldAllBe(piece => piece.Length <= limit && piece.Trim() == piece && piece.Length > 0);
                    SpeechTexts.WithoutSpaces(string.Concat(pieces)).ShouldBe(SpeechTexts.WithoutSpaces(text));
                    int position = 0;
                    foreach (string piece in pieces)
                    {
                        position = text.IndexOf(piece, position, StringComparison.Ordinal) + piece.Length;
                        IsBetweenWords(text, position, limit)
                            .ShouldBeTrue($"cut at {position} of '{text}' for {limit}");
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3000));

    [Fact]
    public void A_book_is_cut_into_pieces_that_Orpheus_takes()
    {
        string book = string.Join(
            ' ',
            Enumerable.Repeat("It was the best of times, it was the worst of times. \"Why?\" he asked.", 2000)
        );

        IReadOnlyList<string> pieces = SpeechTextCutter.Cut(book, 200);

        string.Join(' ', pieces).ShouldBe(book);
        pieces.ShouldAllBe(piece => piece.Length <= 200);
        pieces.Average(piece => piece.Length).ShouldBeGreaterThan(100);
    }

    private static bool IsBetweenWords(string text, int position, int limit)
    {
        if (position >= text.Length || char.IsWhiteSpace(text[position]) || text[position] == '[')
            return true;
        // Between sentences without a space, after a dash, and between characters of a script without spaces.
        if ("。？।؟；：，、—!.?…\"'”)」]".Contains(text[position - 1]) || WordSpacing.IsUnspaced(text[position - 1]))
            return true;
        int start = position;
        int end = position;
        while (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] != ']')
            start--;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != '[')
            end++;
        return end - start > limit;
    }
}
