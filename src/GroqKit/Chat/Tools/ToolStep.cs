namespace GroqKit.Chat;

/// <summary>One turn of a run: an answer of the model, and the calls that it led to.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Completion">The answer.</param>
/// <param name="Results">The results in the order of the calls; empty when no tool was run.</param>
public sealed record ToolStep(int Number, ChatCompletion Completion, IReadOnlyList<ToolResult> Results);
