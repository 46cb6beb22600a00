namespace GroqKit;

/// <summary>The key may not do this (403): the model or the address is blocked for its organisation or project.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqAuthorizationException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
