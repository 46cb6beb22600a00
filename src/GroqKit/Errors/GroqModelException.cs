namespace GroqKit;

/// <summary>The model does not exist, is retired, or its terms have not been accepted.</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqModelException(string message, ErrorDetails? details = null, Exception? innerException = null)
    : GroqException(message, details, innerException);
