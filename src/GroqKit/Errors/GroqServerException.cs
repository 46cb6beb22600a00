namespace GroqKit;

/// <summary>The server failed (5xx), or answered what is not the API's form.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqServerException(string message, ErrorDetails? details = null, Exception? innerException = null)
    : GroqException(message, details, innerException);
