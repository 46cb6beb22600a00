namespace GroqKit.Responses;

/// <summary>A citation within a text: of a file or of a page.</summary>
public sealed record ResponseAnnotation : GroqObject
{
    /// <summary><c>file_citation</c>, <c>url_citation</c>, or another word.</summary>
    public string Type { get; set; } = "";

    /// <summary>The page.</summary>
    public string? Url { get; set; }

    /// <summary>The page's title.</summary>
    public string? Title { get; set; }

    /// <summary>The first character of the text that rests on it.</summary>
    public int? StartIndex { get; set; }

    /// <summary>The last character of the text that rests on it.</summary>
    public int? EndIndex { get; set; }

    /// <summary>The file.</summary>
    public string? FileId { get; set; }

    /// <summary>The place of the file's citation in the text.</summary>
    public int? Index { get; set; }
}
