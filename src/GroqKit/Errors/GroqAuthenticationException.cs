namespace GroqKit;

/// <summary>The key is missing, wrong or revoked (401).</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqAuthenticationException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
