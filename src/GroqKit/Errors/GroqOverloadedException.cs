namespace GroqKit;

/// <summary>No capacity right now (498, 529, or 503 with that message).</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqOverloadedException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
