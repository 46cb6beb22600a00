namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>A call of a tool, or a piece of it.</summary>
internal sealed record ToolCallAnswer(int? Index, string? Id, FunctionAnswer? Function);
