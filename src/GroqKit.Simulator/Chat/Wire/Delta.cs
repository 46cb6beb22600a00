using GroqKit.Simulator.Chat.Answers;
using GroqKit.Simulator.Chat.ServerTools;

namespace GroqKit.Simulator.Chat.Wire;

/// <summary>What one frame adds; exactly one of the members is set.</summary>
internal readonly record struct Delta(
    string? Content = null,
    string? Reasoning = null,
    ToolCall? Call = null,
    ExecutedTool? Executed = null,
    int Index = 0,
    bool IsDone = false
);
