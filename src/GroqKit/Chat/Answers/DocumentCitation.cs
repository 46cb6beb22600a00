namespace GroqKit.Chat;

/// <summary>Where an answer rests on a document.</summary>
public sealed record DocumentCitation : GroqObject
{
    /// <summary>The first character.</summary>
    public int StartIndex { get; set; }

    /// <summary>The end.</summary>
    public int EndIndex { get; set; }

    /// <summary>The document's id.</summary>
    public string? DocumentId { get; set; }
}
