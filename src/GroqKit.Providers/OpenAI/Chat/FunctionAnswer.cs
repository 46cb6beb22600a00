namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>The function that is called.</summary>
internal sealed record FunctionAnswer(string? Name, string? Arguments);
