namespace GroqKit;

/// <summary>The request cannot succeed as it is: found before sending (<see cref="GroqException.Status"/> is null and <see cref="GroqException.Parameter"/> is the path of the
/// value), or refused by the server (400, 404, 409, 413, 422, 424).</summary>
/// <param name="message">What went wrong.</param>
/// <param name="details">What is known about it.</param>
/// <param name="innerException">The original error.</param>
public sealed class GroqValidationException(
    string message,
    ErrorDetails? details = null,
    Exception? innerException = null
) : GroqException(message, details, innerException);
