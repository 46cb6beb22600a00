namespace GroqKit.Documents;

/// <summary>Every block has one fate, and CONTRIBUTING.md lists the fates.</summary>
[Requirement("DL-03")]
public sealed class BlockTests
{
    private static readonly Dictionary<string, string[]> Fates = new(StringComparer.Ordinal)
    {
        ["csharp"] = ["", "given", "compiled", "from", "edit"],
        ["sh"] = ["gateway", "simulator", "starts", "databases", "needs", "command"],
        ["json"] = ["", "prices", "provider-prices", "scenario", "settings"],
        ["yaml"] = ["", "config"],
        ["nginx"] = [""],
        ["diff"] = [""],
        ["mermaid"] = [""],
        [""] = [""],
    };

    [Fact]
    public void Every_block_has_a_fate() =>
        Block
            .All.Where(block => !Fates.TryGetValue(block.Language, out string[]? known) || !known.Contains(block.Fate))
            .Select(block => $"{block.Place} {block.Language} '{block.Note}'")
            .ShouldBeEmpty("CONTRIBUTING.md says what can become of a block, and how it is told.");

    [Fact]
    public void Every_fate_is_explained()
    {
        string[] words = [.. Fates.Values.SelectMany(fates => fates).Where(fate => fate.Length > 0)];

        string page = File.ReadAllText(Repository.At("CONTRIBUTING.md"));
        words.Where(word => !page.Contains($"`{word}", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void A_note_belongs_to_the_block_below_it()
    {
        string text = "a\n\n<!-- block: gateway -->\n```sh\nls\n```\n\n- b\n\n  ```yaml\n  c:\n    d\n  ```\n";

        Block
            .Of("x.md", text)
            .ShouldBe([new Block("x.md", 4, "sh", "gateway", "ls\n"), new Block("x.md", 10, "yaml", "", "c:\n  d\n")]);
    }

    [Fact]
    public void No_note_is_lost() =>
        Block
            .All.Select(block => block.Document)
            .Distinct()
            .Where(document =>
                File.ReadAllText(Repository.At(document)).Split("<!-- block:").Length - 1
                != Block.All.Count(block => block.Document == document && block.Note.Length > 0)
            )
            .ShouldBeEmpty();
}
