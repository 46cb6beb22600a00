namespace GroqKit.Chat;

/// <summary>What a model wrote as a tool's arguments does not fit.</summary>
/// <param name="message">What is wrong, for the model to read.</param>
/// <param name="innerException">The original error.</param>
public sealed class ToolArgumentsException(string message, Exception? innerException = null)
    : Exception(message, innerException);
