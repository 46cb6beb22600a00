namespace GroqKit.Gateway.Services.Translation.Chat;

/// <summary>A call of a tool as a model words it.</summary>
/// <param name="Id">By which its result is given back.</param>
/// <param name="Name">The function.</param>
/// <param name="Arguments">JSON as text.</param>
internal sealed record ToolUse(string Id, string Name, string Arguments);
