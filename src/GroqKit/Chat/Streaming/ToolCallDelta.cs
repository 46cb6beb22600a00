namespace GroqKit.Chat;

/// <summary>A part of a tool call.</summary>
public sealed record ToolCallDelta : GroqObject
{
    /// <summary>Which call.</summary>
    public int Index { get; set; }

    /// <summary>Its id; set once.</summary>
    public string? Id { get; set; }

    /// <summary>Its kind; set once.</summary>
    public ChatToolType? Type { get; set; }

    /// <summary>Its function.</summary>
    public FunctionCallDelta? Function { get; set; }
}
