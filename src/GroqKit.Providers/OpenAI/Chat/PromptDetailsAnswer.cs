namespace GroqKit.Providers.OpenAI.Chat;

/// <summary>Parts of the input.</summary>
internal sealed record PromptDetailsAnswer(long? CachedTokens, long? CacheWriteTokens, long? AudioTokens);
