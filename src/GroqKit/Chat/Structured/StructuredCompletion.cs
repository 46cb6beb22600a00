namespace GroqKit.Chat;

/// <summary>An answer as the type that was asked for.</summary>
/// <typeparam name="T">What was asked for.</typeparam>
/// <param name="Value">The answer.</param>
/// <param name="Completion">The completion that it was read from: usage, thinking, metadata, raw text.</param>
public sealed record StructuredCompletion<T>(T Value, ChatCompletion Completion);
