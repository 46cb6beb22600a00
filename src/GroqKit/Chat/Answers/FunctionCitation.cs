namespace GroqKit.Chat;

/// <summary>Where an answer rests on the result of a tool call.</summary>
public sealed record FunctionCitation : GroqObject
{
    /// <summary>The first character.</summary>
    public int StartIndex { get; set; }

    /// <summary>The end.</summary>
    public int EndIndex { get; set; }

    /// <summary>The call's id.</summary>
    public string? ToolCallId { get; set; }
}
