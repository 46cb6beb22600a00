namespace GroqKit.Telemetry;

/// <summary>The closed list of what can go wrong, the same on spans and metrics.</summary>
internal static class ErrorTypes
{
    public const string Cancelled = "cancelled";

    public static string Of(Exception error) =>
        error switch
        {
            GroqAuthenticationException => "authentication",
            GroqAuthorizationException => "permission",
            GroqValidationException => "invalid_request",
            GroqModelException => "model_not_found",
            GroqContextLengthException => "context_length_exceeded",
            GroqContentFilterException => "content_filter",
            GroqRateLimitException => "rate_limit_exceeded",
            GroqServerException => "server_error",
            GroqOverloadedException => "overloaded",
            GroqTimeoutException => "timeout",
            GroqNetworkException => "network",
            GroqCircuitOpenException => "circuit_open",
            GroqStreamException { InnerException: GroqException typed } => Of(typed),
            GroqStreamException => "stream_broken",
            OperationCanceledException => Cancelled,
            _ => GenAiNames.Other,
        };

    /// <summary>A sentence for people that cannot hold anything the caller or the model wrote.</summary>
    public static string Describe(string errorType) =>
        errorType switch
        {
            "authentication" => "The key was missing or refused.",
            "permission" => "The key may not do this.",
            "invalid_request" => "The request cannot succeed.",
            "model_not_found" => "The model does not exist or cannot be used.",
            "context_length_exceeded" => "The request is too long for the model.",
            "content_filter" => "A content filter refused.",
            "rate_limit_exceeded" => "A rate limit was reached.",
            "server_error" => "The server failed.",
            "overloaded" => "The server has no capacity.",
            "timeout" => "A deadline passed.",
            "network" => "The network failed.",
            "circuit_open" => "The circuit is open after repeated failures.",
            "stream_broken" => "The stream broke before its end.",
            Cancelled => "The caller cancelled.",
            _ => "The call failed.",
        };
}
