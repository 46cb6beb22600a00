namespace GroqKit.Documents;

/// <summary>Code that is said to be from a file stands there, and is run where that file is.</summary>
[Requirement("DL-03")]
public sealed class QuoteTests
{
    public static TheoryData<string> Quotes => Block.Places(block => block.Fate == "from");

    [Theory]
    [MemberData(nameof(Quotes))]
    public void A_quote_stands_in_its_file(string place)
    {
        Block block = Block.At(place);

        File.ReadAllText(Repository.At(block.Argument)).ShouldContain(block.Text);
        // The tests of the samples run every sample.
        block.Argument.ShouldStartWith("samples/");
    }
}
