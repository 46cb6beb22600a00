using System.Net;

namespace GroqKit.Errors;

/// <summary>Chooses the kind of exception for a status and an error object.</summary>
internal static class ErrorMapping
{
    private const HttpStatusCode FlexCapacity = (HttpStatusCode)498;
    private const HttpStatusCode SiteOverloaded = (HttpStatusCode)529;

    /// <param name="status">The answer's status, or the one a stream's frame names.</param>
    /// <param name="error">The error object; null when the body had none.</param>
    /// <param name="known">Request id, body, wait and rate limits, as far as they are known.</param>
    /// <param name="shouldRetry">The server's own word on retrying; null when it said nothing.</param>
    public static GroqException Map(HttpStatusCode status, WireError? error, ErrorDetails known, bool? shouldRetry)
    {
        string message = error?.Message ?? $"The server answered {(int)status} without an error message.";
        string kind = Kind(status, error);
        ErrorDetails details = (error?.Join(known) ?? known) with
        {
            Status = status,
            IsRetryable = shouldRetry ?? IsRetryable(status),
        };
        return kind switch
        {
            nameof(GroqAuthenticationException) => new GroqAuthenticationException(message, details),
            nameof(GroqAuthorizationException) => new GroqAuthorizationException(message, details),
            nameof(GroqModelException) => new GroqModelException(message, details),
            nameof(GroqContextLengthException) => new GroqContextLengthException(message, details),
            nameof(GroqContentFilterException) => new GroqContentFilterException(message, details),
            nameof(GroqRateLimitException) => new GroqRateLimitException(message, details),
            nameof(GroqOverloadedException) => new GroqOverloadedException(message, details),
            nameof(GroqServerException) => new GroqServerException(message, details),
            nameof(GroqTimeoutException) => new GroqTimeoutException(TimeoutPhase.Server, null, details),
            _ => new GroqValidationException(message, details),
        };
    }

    private static string Kind(HttpStatusCode status, WireError? error) =>
        error?.Code switch
        {
            "invalid_api_key" => nameof(GroqAuthenticationException),
            "model_not_found" or "model_decommissioned" or "model_terms_required" => nameof(GroqModelException),
            "context_length_exceeded" => nameof(GroqContextLengthException),
            "content_filter" or "content_policy_violation" => nameof(GroqContentFilterException),
            "rate_limit_exceeded" => nameof(GroqRateLimitException),
            "capacity_exceeded" => nameof(GroqOverloadedException),
            _ => KindOf(status, error),
        };

    private static string KindOf(HttpStatusCode status, WireError? error) =>
        status switch
        {
            HttpStatusCode.Unauthorized => nameof(GroqAuthenticationException),
            HttpStatusCode.Forbidden => nameof(GroqAuthorizationException),
            HttpStatusCode.RequestTimeout => nameof(GroqTimeoutException),
            HttpStatusCode.TooManyRequests => nameof(GroqRateLimitException),
            HttpStatusCode.RequestEntityTooLarge when error?.Type is "tokens" or "seconds" => nameof(
                GroqRateLimitException
            ),
            HttpStatusCode.BadRequest when Says(error, "reduce the length of the messages") => nameof(
                GroqContextLengthException
            ),
            FlexCapacity or SiteOverloaded => nameof(GroqOverloadedException),
            HttpStatusCode.ServiceUnavailable when Says(error, "over capacity") => nameof(GroqOverloadedException),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => nameof(GroqValidationException),
            _ => nameof(GroqServerException),
        };

    private static bool Says(WireError? error, string words) =>
        error is not null && error.Message.Contains(words, StringComparison.OrdinalIgnoreCase);

    // A 413 is a request larger than the limit of a minute: no wait makes it fit.
    private static bool IsRetryable(HttpStatusCode status) =>
        status
            is HttpStatusCode.RequestTimeout
                or HttpStatusCode.Conflict
                or HttpStatusCode.TooManyRequests
                or FlexCapacity
                or >= HttpStatusCode.InternalServerError;
}
