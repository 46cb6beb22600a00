using GroqKit.Json;

namespace GroqKit.Chat;

/// <summary>A tool that ran at Groq. In a stream it comes twice under the same index: before and after it ran.</summary>
public sealed record ExecutedTool : GroqObject
{
    /// <summary>Its position, from 0.</summary>
    public int Index { get; set; }

    /// <summary>Open: <c>search</c>, <c>python</c>, <c>function</c>, <c>browser.open</c>, <c>mcp</c> and more.</summary>
    public string? Type { get; set; }

    /// <summary>Its name.</summary>
    public string? Name { get; set; }

    /// <summary>JSON text.</summary>
    public string? Arguments { get; set; }

    /// <summary>What it returned.</summary>
    public string? Output { get; set; }

    /// <summary>What a search found.</summary>
    public SearchResults? SearchResults { get; set; }

    /// <summary>What code returned.</summary>
    public IReadOnlyList<CodeResult>? CodeResults
    {
        get;
        set => field = AnswerList.Whole(value);
    }

    /// <summary>What a browser saw.</summary>
    public IReadOnlyList<BrowserResult>? BrowserResults
    {
        get;
        set => field = AnswerList.Whole(value);
    }
}
