namespace GroqKit.Chat;

/// <summary>A citation within an answer.</summary>
public sealed record Annotation : GroqObject
{
    /// <summary>What is cited.</summary>
    public AnnotationType Type { get; set; }

    /// <summary>A document of the request.</summary>
    public DocumentCitation? DocumentCitation { get; set; }

    /// <summary>The result of a tool call.</summary>
    public FunctionCitation? FunctionCitation { get; set; }
}
