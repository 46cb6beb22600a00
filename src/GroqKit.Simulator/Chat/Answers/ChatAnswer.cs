using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Chat.Answers;

/// <summary>What the simulated model says, before it is written whole or as a stream.</summary>
internal sealed record ChatAnswer
{
    /// <summary>The train of thought as it is shown in a field of its own; null when there is none to show.</summary>
    public string? Reasoning { get; init; }

    /// <summary>Null when the answer consists of calls.</summary>
    public string? Content { get; init; }

    public IReadOnlyList<ToolCall> Calls { get; init; } = [];

    /// <summary>The tools that ran on the server for it.</summary>
    public ToolRun Run { get; init; } = ToolRun.None;

    /// <summary>stop, length, tool_calls or function_call.</summary>
    public required string FinishReason { get; init; }

    public required TokenCounts Tokens { get; init; }
}
