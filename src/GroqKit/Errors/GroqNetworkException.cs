namespace GroqKit;

/// <summary>No answer: name resolution, connection, encryption or transfer failed.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqNetworkException(string message, ErrorDetails? details = null, Exception? innerException = null)
    : GroqException(message, details, innerException);
