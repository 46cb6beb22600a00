namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Parts of the output.</summary>
internal sealed record CompletionDetailsAnswer(long? ReasoningTokens, long? AudioTokens);
