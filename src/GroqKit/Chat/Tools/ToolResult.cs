namespace GroqKit.Chat;

/// <summary>One call of a tool, and what came of it.</summary>
public sealed record ToolResult
{
    /// <summary>What the model asked for.</summary>
    public required ToolCall Call { get; init; }

    /// <summary>How it went.</summary>
    public required ToolResultStatus Status { get; init; }

    /// <summary>What the model was told.</summary>
    public required string Content { get; init; }

    /// <summary>What was thrown; null when nothing was.</summary>
    public Exception? Error { get; init; }

    /// <summary>How long the tool took.</summary>
    public TimeSpan Elapsed { get; init; }
}
