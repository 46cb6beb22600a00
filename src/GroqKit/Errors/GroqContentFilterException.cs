namespace GroqKit;

/// <summary>Content was refused by a filter.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqContentFilterException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
