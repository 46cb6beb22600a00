namespace GroqKit.Simulator.Chat.Answers;

/// <summary>One call of a function; the arguments are JSON text.</summary>
internal sealed record ToolCall(string Id, string Name, string Arguments);
