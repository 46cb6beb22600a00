using FsCheck;
using FsCheck.Fluent;
using GroqKit.Audio;

namespace GroqKit.Tests.Audio;

[Requirement("CL-15")]
public sealed class SentenceSplitterTests
{
    [Theory]
    [InlineData("One. Two! Three? Four", "One.|Two!|Three?|Four")]
    [InlineData("Dr. Smith met Mrs. Jones. They talked.", "Dr. Smith met Mrs. Jones.|They talked.")]
    [InlineData("J. R. R. Tolkien wrote it. Really.", "J. R. R. Tolkien wrote it.|Really.")]
    [InlineData("It costs 3.50 dollars. Cheap.", "It costs 3.50 dollars.|Cheap.")]
    [InlineData("Version 10.0.14 is out. Get it.", "Version 10.0.14 is out.|Get it.")]
    [InlineData("See https://groq.com/a.html?b=c. Then act.", "See https://groq.com/a.html?b=c.|Then act.")]
    [InlineData("Mail me@x.co.uk. Thanks.", "Mail me@x.co.uk.|Thanks.")]
    [InlineData("We met at 5 p.m. Then we ate.", "We met at 5 p.m.|Then we ate.")]
    [InlineData("We met at 5 p.m. in Rome.", "We met at 5 p.m. in Rome.")]
    [InlineData("The U.S. Senate voted. It passed.", "The U.S. Senate voted.|It passed.")]
    [InlineData("Fruit, e.g. Apples, i.e. Food. Good.", "Fruit, e.g. Apples, i.e. Food.|Good.")]
    [InlineData("See Fig. 3 and No. 5. No. Never.", "See Fig. 3 and No. 5.|No.|Never.")]
    [InlineData("Well... maybe. So... Yes… no.", "Well... maybe.|So...|Yes… no.")]
    [InlineData("What?! No way!!! Oh.", "What?!|No way!!!|Oh.")]
    [InlineData("\"Really?\" she asked. \"Yes.\" He left.", "\"Really?\" she asked.|\"Yes.\"|He left.")]
    [InlineData("(It rained.) We stayed. “Good.” ‘Fine.’ End", "(It rained.)|We stayed.|“Good.”|‘Fine.’|End")]
    [InlineData("1. Wash.\n2. Cook.\n10) Eat", "1. Wash.|2. Cook.|10) Eat")]
    [InlineData("Shopping list\n- milk\n- eggs\n\nThat is all", "Shopping list|- milk|- eggs|That is all")]
    [InlineData("A line that\ngoes on. End.", "A line that\ngoes on.|End.")]
    [InlineData("Heading\n\nText", "Heading|Text")]
    [InlineData("Heading\r\n\r\nText", "Heading|Text")]
    [InlineData("Am 3. Oktober kam Dr. Maier, z.B. Hans. Gut.", "Am 3. Oktober kam Dr. Maier, z.B. Hans.|Gut.")]
    [InlineData("Das war 1990. Danach kam er.", "Das war 1990.|Danach kam er.")]
    [InlineData("你好。今天好吗？很好！", "你好。|今天好吗？|很好！")]
    [InlineData("「はい。」と言った。次。", "「はい。」と言った。|次。")]
    [InlineData("「はい。」「いいえ。」", "「はい。」|「いいえ。」")]
    [InlineData("كيف حالك؟ بخير.", "كيف حالك؟|بخير.")]
    [InlineData("यह है। वह था॥ अब", "यह है।|वह था॥|अब")]
    [InlineData("¿Qué? ¡Sí! Bien.", "¿Qué?|¡Sí!|Bien.")]
    [InlineData(
        "Hello there! [whisper] Come closer. [loud. very] Go!",
        "Hello there!|[whisper] Come closer.|[loud. very] Go!"
    )]
    [InlineData("Stop.[cheerful] Go.", "Stop.|[cheerful] Go.")]
    [InlineData("An open [bracket. Goes on. End", "An open [bracket.|Goes on.|End")]
    [InlineData("Yahoo! is a firm. So is Groq.", "Yahoo! is a firm.|So is Groq.")]
    [InlineData("end.Next has no space. Ok.", "end.Next has no space.|Ok.")]
    [InlineData("  \n ", "")]
    [InlineData("", "")]
    [InlineData("...", "...")]
    [InlineData("no mark at all", "no mark at all")]
    public void Text_is_cut_where_sentences_end(string text, string expected) =>
        string.Join('|', SentenceSplitter.Split(text)).ShouldBe(expected);

    [Fact]
    public void Sentences_come_as_soon_as_they_are_sure()
    {
        var splitter = new SentenceSplitter();

        splitter.Push("Hello. ").ShouldBeEmpty("a small letter may follow");
        splitter.Push("N").ShouldBe(["Hello."]);
        splitter.Push("ow, 3").ShouldBeEmpty();
        splitter.Push(".5").ShouldBeEmpty();
        splitter.Push("! So 你好。").ShouldBe(["Now, 3.5!"]);
        splitter.Push("好").ShouldBe(["So 你好。"]);
        splitter.Complete().ShouldBe(["好"]);
        splitter.Complete().ShouldBeEmpty();
    }

    [Fact]
    public void Any_slicing_of_the_text_gives_the_same_sentences() =>
        Prop.ForAll(
                SpeechTexts.Arbitrary,
                ArbMap.Default.ArbFor<PositiveInt[]>(),
                (text, slices) =>
                {
                    var splitter = new SentenceSplitter();
                    var sentences = new List<string>();
                    int position = 0;
                    foreach (PositiveInt slice in slices)
                    {
                        int length = Math.Min(slice.Get, text.Length - position);
                        sentences.AddRange(splitter.Push(text.AsSpan(position, length)));
                        position += length;
                    }
                    foreach (char letter in text[position..])
                        sentences.AddRange(splitter.Push([letter]));
                    sentences.AddRange(splitter.Complete());
                    sentences.ShouldBe(SentenceSplitter.Split(text));
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_sentences_together_are_the_text() =>
        Prop.ForAll(
                SpeechTexts.Arbitrary,
                text =>
                    SpeechTexts.WithoutSpaces(string.Concat(SentenceSplitter.Split(text)))
                    == SpeechTexts.WithoutSpaces(text)
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void A_long_text_without_any_sentence_is_taken_in_linear_time()
    {
        var splitter = new SentenceSplitter();

        for (int i = 0; i < 300_000; i++)
            splitter.Push("a ").ShouldBeEmpty();

        splitter.Complete().Single().Length.ShouldBe(599_999);
    }
}
