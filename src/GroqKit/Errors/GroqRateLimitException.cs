namespace GroqKit;

/// <summary>A rate limit was reached (429), or one request is larger than the limit per minute (413; never retryable).</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqRateLimitException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
